package dev.hearth.client.functions;

import dev.hearth.client.internal.http.HttpRequest.Field;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A function's name, maybe with a path below it and a query, as functions-js takes it:
/// `orders/17?full=1`. What is encoded already stays so.
///
/// @param name the first part, for messages
/// @param path in the address
/// @param query in its order, not encoded
record FunctionName(String name, String path, List<Field> query) {

    private static final String AS_IT_IS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!*'();,/:@&=+$%";

    static FunctionName of(String text) {
        String whole = text.replaceFirst("^/+", "");
        int mark = whole.indexOf('?');
        String path = mark < 0 ? whole : whole.substring(0, mark);
        String name = path.replaceFirst("/.*", "");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name the function, such as \"hello\"");
        }
        return new FunctionName(
                name,
                "/functions/v1/" + encoded(path),
                mark < 0 ? List.of() : fields(whole.substring(mark + 1)));
    }

    private static String encoded(String path) {
        for (String segment : path.split("/", -1)) {
            String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                throw new IllegalArgumentException(
                        "the path of a function has no segment \"" + segment + "\"");
            }
        }
        var text = new StringBuilder(path.length());
        String sound = path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        for (byte unit : sound.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0 && AS_IT_IS.indexOf(unit) >= 0) {
                text.append((char) unit);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", unit & 0xFF));
            }
        }
        return text.toString();
    }

    private static List<Field> fields(String query) {
        var fields = new ArrayList<Field>();
        for (String field : query.split("&", -1)) {
            int equals = field.indexOf('=');
            if (!field.isEmpty()) {
                fields.add(
                        new Field(
                                decoded(equals < 0 ? field : field.substring(0, equals)),
                                equals < 0 ? "" : decoded(field.substring(equals + 1))));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(
                text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8);
    }
}

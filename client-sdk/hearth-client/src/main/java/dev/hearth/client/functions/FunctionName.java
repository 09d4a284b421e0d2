package dev.hearth.client.functions;

import dev.hearth.client.internal.http.HttpRequest.Field;
import dev.hearth.client.internal.http.UrlEncoding;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function's name, maybe with a path below it and a query, as functions-js takes it:
/// `orders/17?full=1`. What is encoded already stays so.
///
/// @param name the first part, for messages
/// @param path in the address
/// @param query in its order, not encoded
record FunctionName(String name, String path, List<Field> query) {

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

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
        var text = new StringBuilder(path.length());
        int from = 0;
        for (Matcher escape = ESCAPE.matcher(path); escape.find(); from = escape.end()) {
            text.append(UrlEncoding.path(path.substring(from, escape.start())));
            text.append(escape.group());
        }
        return text.append(UrlEncoding.path(path.substring(from))).toString();
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

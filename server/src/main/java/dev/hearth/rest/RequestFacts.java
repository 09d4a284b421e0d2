package dev.hearth.rest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.exchange.Headers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What SQL may read of a request that every request has of its own: header fields and cookies, as
/// JSON objects (rest.md 13).
final class RequestFacts {

    private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();
    private static final String COOKIE = "cookie";
    private static final String NOTHING = "{}";

    private RequestFacts() {}

    /// The header fields by their names in lower case, without the cookies, which have their own;
    /// of a field that came more than once the first counts.
    static Setting headers(Headers headers) {
        var json = new StringBuilder(1024);
        headers.fields()
                .forEach(
                        (name, values) -> {
                            if (!name.equals(COOKIE)) {
                                member(json, name, values.getFirst());
                            }
                        });
        return new Setting("request.headers", object(json));
    }

    static Setting cookies(Headers headers) {
        var json = new StringBuilder();
        cookies(headers.all(COOKIE)).forEach((name, value) -> member(json, name, value));
        return new Setting("request.cookies", object(json));
    }

    private static Map<String, String> cookies(List<String> fields) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        var cookies = new LinkedHashMap<String, String>();
        for (String field : fields) {
            for (String cookie : field.split(";", -1)) {
                int equals = cookie.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            cookie.substring(0, equals).strip(),
                            cookie.substring(equals + 1).strip());
                }
            }
        }
        return cookies;
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(json.isEmpty() ? "{\"" : ",\"");
        JSON.quoteAsString(name, json);
        json.append("\":\"");
        JSON.quoteAsString(value, json);
        json.append('"');
    }

    private static String object(StringBuilder members) {
        return members.isEmpty() ? NOTHING : members.append('}').toString();
    }
}

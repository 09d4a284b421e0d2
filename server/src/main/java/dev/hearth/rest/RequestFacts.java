package dev.hearth.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Request;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What SQL may read of a request: method, path, header fields and cookies (rest.md 13).
final class RequestFacts {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String COOKIE = "cookie";

    private RequestFacts() {}

    /// The settings by name. Header fields are a JSON object of names in lower case, without the
    /// cookies, which have their own; of a field that came more than once the first counts.
    static Map<String, String> of(Request request) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("request.method", request.line().methodName());
        settings.put("request.path", request.line().below());
        settings.put("request.headers", json(headers(request.headers())));
        settings.put("request.cookies", json(cookies(request.headers().all(COOKIE))));
        return settings;
    }

    private static Map<String, String> headers(Headers headers) {
        var first = new LinkedHashMap<String, String>();
        headers.fields()
                .forEach(
                        (name, values) -> {
                            if (!name.equals(COOKIE)) {
                                first.put(name, values.getFirst());
                            }
                        });
        return first;
    }

    private static Map<String, String> cookies(List<String> fields) {
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

    private static String json(Map<String, String> object) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (var member : object.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}

package dev.hearth.rest;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// A request as text that a person can write and a fuzzer can change: a first line `GET
/// /books?id=eq.1`, header fields, an empty line, the body. Every text is a request; what is
/// missing is empty.
///
/// @param line at the route of the data API
record FuzzedRequest(RequestLine line, Headers headers, Bytes body) {

    private static final String PREFIX = "/rest/v1";

    static FuzzedRequest of(byte[] text) {
        int end = endOfHead(text);
        var head = new String(text, 0, end, StandardCharsets.UTF_8).lines().toList();
        byte[] body = Arrays.copyOfRange(text, Math.min(text.length, end + 2), text.length);
        return new FuzzedRequest(
                line(head.isEmpty() ? "" : head.getFirst()), headers(head), new Bytes(body));
    }

    private static int endOfHead(byte[] text) {
        for (int at = 0; at + 1 < text.length; at++) {
            if (text[at] == '\n' && text[at + 1] == '\n') {
                return at;
            }
        }
        return text.length;
    }

    private static RequestLine line(String text) {
        int blank = text.indexOf(' ');
        String method = blank < 0 ? "GET" : text.substring(0, blank);
        String target = text.substring(blank + 1);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return new RequestLine(method, PREFIX + path, PREFIX, query);
    }

    private static Headers headers(List<String> head) {
        var fields = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        head.stream()
                .skip(1)
                .forEach(
                        field -> {
                            int colon = field.indexOf(':');
                            String name = colon < 0 ? field : field.substring(0, colon);
                            fields.computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(field.substring(colon + 1).strip());
                        });
        return new Headers(fields);
    }
}

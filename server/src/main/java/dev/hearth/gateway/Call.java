package dev.hearth.gateway;

import dev.hearth.exchange.Headers;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request as the web server sees it, and the way to answer it.
///
/// @param callback to be told once, when the answer has left or cannot
/// @param headers of the request
/// @param id of the request
record Call(Request request, Response response, Callback callback, Headers headers, String id) {

    static Call of(Request request, Response response, Callback callback) {
        Headers headers = headers(request);
        return new Call(request, response, callback, headers, RequestId.of(headers));
    }

    static Headers headers(Request request) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            @Nullable String sent = field.getValue();
            List<String> value = List.of(sent == null ? "" : sent);
            fields.merge(field.getLowerCaseName(), value, Call::joined);
        }
        return new Headers(fields);
    }

    private static List<String> joined(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }

    String method() {
        return request.getMethod();
    }

    /// As it was sent, not decoded.
    String path() {
        @Nullable String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    /// As it was sent, without the question mark; empty where there is none.
    String query() {
        @Nullable String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    /// What every answer carries.
    void prepare() {
        Cors.ALWAYS.forEach(response.getHeaders()::put);
        response.getHeaders().put(RequestId.HEADER, id);
    }

    /// Takes back what was going to be answered. Only while nothing has left.
    void startAnew() {
        response.reset();
        prepare();
    }
}

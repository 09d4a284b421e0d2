package dev.hearth.client.functions;

import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpRequest.Field;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a function is called: immutable, each method gives another one.
///
/// ```java
/// functions.invoke("report", null,
///     InvokeOptions.defaults().method(InvokeOptions.Method.GET).query("month", "2026-11"), Report.class);
/// ```
public final class InvokeOptions {

    /// The most bytes of a line and of an event that a stream may bring, unless said otherwise.
    public static final int DEFAULT_MAX_EVENT_BYTES = 1024 * 1024;

    /// The methods of HTTP that functions are called by.
    public enum Method {
        /// The default.
        POST,
        /// Carries no body.
        GET,
        /// To replace.
        PUT,
        /// To change.
        PATCH,
        /// To remove.
        DELETE
    }

    private static final InvokeOptions DEFAULTS =
            new InvokeOptions(
                    Method.POST,
                    Map.of(),
                    List.of(),
                    "",
                    Optional.empty(),
                    DEFAULT_MAX_EVENT_BYTES);

    private final Method method;
    private final Map<String, String> headers;
    private final List<Field> query;
    private final String region;
    private final Optional<Duration> timeout;
    private final int maxEventBytes;

    private InvokeOptions(
            Method method,
            Map<String, String> headers,
            List<Field> query,
            String region,
            Optional<Duration> timeout,
            int maxEventBytes) {
        this.method = method;
        this.headers = headers;
        this.query = query;
        this.region = region;
        this.timeout = timeout;
        this.maxEventBytes = maxEventBytes;
    }

    /// POST, near the caller, with the client's timeout.
    public static InvokeOptions defaults() {
        return DEFAULTS;
    }

    /// By this method.
    public InvokeOptions method(Method way) {
        return new InvokeOptions(way, headers, query, region, timeout, maxEventBytes);
    }

    /// With a header; it wins over the client's and over what the body says of itself.
    public InvokeOptions header(String name, String value) {
        var more = new LinkedHashMap<String, String>(headers);
        more.put(name, value);
        return new InvokeOptions(method, more, query, region, timeout, maxEventBytes);
    }

    /// With one more of the query.
    public InvokeOptions query(String name, String value) {
        var more = new ArrayList<Field>(query);
        more.add(new Field(name, value));
        return new InvokeOptions(method, headers, more, region, timeout, maxEventBytes);
    }

    /// In this region: header `x-region`, and `forceFunctionRegion` in the query.
    public InvokeOptions region(FunctionRegion where) {
        return region(where.wire());
    }

    /// In a region named as text, such as `eu-west-1`; `any` for none.
    public InvokeOptions region(String where) {
        return new InvokeOptions(
                method, headers, query, where.equals("any") ? "" : where, timeout, maxEventBytes);
    }

    /// How long the whole answer may take; of a stream, the longest time in which nothing comes,
    /// where zero means no end at all. The client's timeout by default.
    public InvokeOptions timeout(Duration longest) {
        return new InvokeOptions(
                method, headers, query, region, Optional.of(longest), maxEventBytes);
    }

    /// How many bytes a line and the data of an event of a stream may have;
    /// [#DEFAULT_MAX_EVENT_BYTES] unless said.
    ///
    /// @throws IllegalArgumentException when it is below 1
    public InvokeOptions maxEventBytes(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("an event has a byte at least, not " + most);
        }
        return new InvokeOptions(method, headers, query, region, timeout, most);
    }

    int maxEventBytes() {
        return maxEventBytes;
    }

    Optional<Duration> timeout() {
        return timeout;
    }

    /// A request without its body.
    HttpRequest request(FunctionName name) {
        HttpRequest request = HttpRequest.of(method.name(), name.path());
        for (Field field : name.query()) {
            request = request.query(field.name(), field.value());
        }
        for (Field field : query) {
            request = request.query(field.name(), field.value());
        }
        if (!region.isEmpty()) {
            request = request.header("x-region", region).query("forceFunctionRegion", region);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    boolean carriesNothing() {
        return method == Method.GET;
    }
}

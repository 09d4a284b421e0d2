package dev.hearth.client.functions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a function answered, as it came: [FunctionsClient#invokeRaw(String, Object)]. Immutable.
public final class FunctionResponse {

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    FunctionResponse(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /// The status, which is 2xx.
    public int status() {
        return status;
    }

    /// The headers, by their names in lower case.
    public Map<String, List<String>> headers() {
        return headers;
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /// The bytes; a copy.
    public byte[] body() {
        return body.clone();
    }

    /// The bytes as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "FunctionResponse[" + status + ", " + body.length + " bytes]";
    }
}

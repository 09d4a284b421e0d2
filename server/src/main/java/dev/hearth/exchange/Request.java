package dev.hearth.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/// One HTTP request, as a capability sees it.
///
/// @param line how it was asked, and for what
/// @param pathParameters the values of the route's `{names}`, percent-decoded once
/// @param headers the header fields as received
/// @param credential what the key gate made of key and token
/// @param client the address of the caller, honouring forwarded addresses only from trusted proxies
/// @param id the request's id, also sent back as `x-request-id`
/// @param body the body, not read yet
public record Request(
        RequestLine line,
        Map<String, String> pathParameters,
        Headers headers,
        Credential credential,
        InetAddress client,
        String id,
        Body body) {

    /// A body that can be read once. Reading it blocks.
    public interface Body {

        /// The bytes as they arrive; the limit of the route holds while reading.
        ///
        /// @throws IOException when the client goes away
        InputStream stream() throws IOException;

        /// All bytes, at most the route's limit.
        ///
        /// @throws dev.hearth.problem.Refusal 413 when the body is larger
        /// @throws IOException when the client goes away
        byte[] bytes() throws IOException;
    }

    /// Copies the map.
    public Request {
        pathParameters = Map.copyOf(pathParameters);
    }

    /// How it was asked.
    public Method method() {
        return line.method();
    }

    /// The value of one of the route's `{names}`.
    ///
    /// @throws IllegalArgumentException when the route has no such name
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no " + name);
        }
        return value;
    }

    /// The first query parameter of that name.
    public Optional<String> parameter(String name) {
        return line.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(RequestLine.Parameter::value)
                .findFirst();
    }
}

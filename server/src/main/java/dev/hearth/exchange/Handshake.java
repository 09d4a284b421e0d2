package dev.hearth.exchange;

import java.util.List;
import java.util.Optional;

/// The HTTP request that asks for a WebSocket, before it is granted.
///
/// @param path the path as it was matched
/// @param query parameters in the order sent, decoded; a name may come more than once
/// @param headers the header fields as received
public record Handshake(String path, List<RequestLine.Parameter> query, Headers headers) {

    /// Copies the list.
    public Handshake {
        query = List.copyOf(query);
    }

    /// The first query parameter of that name.
    public Optional<String> parameter(String name) {
        return query.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(RequestLine.Parameter::value)
                .findFirst();
    }

    /// Without query and headers: both may hold keys.
    @Override
    public String toString() {
        return "Handshake[" + path + "]";
    }
}

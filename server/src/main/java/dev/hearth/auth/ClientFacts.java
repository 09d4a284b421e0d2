package dev.hearth.auth;

import dev.hearth.exchange.Request;

import org.jspecify.annotations.Nullable;

/// What a session remembers of the client that opened or refreshed it.
///
/// @param userAgent the header, null when it was not sent
/// @param address as PostgreSQL reads an `inet`
record ClientFacts(@Nullable String userAgent, String address) {

    static ClientFacts of(Request request) {
        @Nullable String userAgent =
                request.headers()
                        .first("user-agent")
                        .filter(text -> !text.isEmpty())
                        .map(StorableData::text)
                        .orElse(null);
        // The zone of a link-local address (fe80::1%eth0) means nothing outside this machine.
        String address = request.client().getHostAddress().replaceFirst("%.*", "");
        return new ClientFacts(userAgent, address);
    }
}

package dev.hearth.client.auth;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One way in which the user of a session showed who it is.
///
/// @param method `password`, `otp`, `oauth`, `anonymous`, `totp` and others
/// @param at when
/// @param provider of single sign-on
public record AuthenticationMethod(String method, Optional<Instant> at, Optional<String> provider) {

    static AuthenticationMethod of(Map<String, ?> raw) {
        return new AuthenticationMethod(
                Fields.text(raw, "method").orElse(""),
                Fields.seconds(raw, "timestamp"),
                Fields.text(raw, "provider"));
    }
}

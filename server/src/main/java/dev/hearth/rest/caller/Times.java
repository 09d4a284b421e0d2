package dev.hearth.rest.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.caller.CallerProblem.Unacceptable;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// When a token may be used, in seconds since 1970; a clock that is half a minute off is forgiven.
///
/// @param expires the claim `exp`
/// @param starts the claim `nbf`
/// @param issued the claim `iat`
record Times(OptionalLong expires, OptionalLong starts, OptionalLong issued) {

    private static final long LEEWAY_SECONDS = 30;

    /// Reads and checks the claims, each before the next is looked at, as upstream does.
    ///
    /// @throws Refusal with an [Unacceptable]
    static Times read(ObjectNode claims, Instant now) {
        var expires = new Times(seconds(claims, "exp"), none(), none()).check(now).expires;
        var starts = new Times(expires, seconds(claims, "nbf"), none()).check(now).starts;
        return new Times(expires, starts, seconds(claims, "iat")).check(now);
    }

    /// @throws Refusal with an [Unacceptable] when the token may not be used now
    Times check(Instant now) {
        long seconds = now.getEpochSecond();
        if (expires.isPresent() && seconds - LEEWAY_SECONDS > expires.getAsLong()) {
            throw new Refusal(Unacceptable.EXPIRED);
        }
        if (starts.isPresent() && seconds + LEEWAY_SECONDS < starts.getAsLong()) {
            throw new Refusal(Unacceptable.NOT_YET_VALID);
        }
        if (issued.isPresent() && seconds + LEEWAY_SECONDS < issued.getAsLong()) {
            throw new Refusal(Unacceptable.ISSUED_AT_FUTURE);
        }
        return this;
    }

    /// When the token stops to be valid, without the leeway.
    Optional<Instant> expiry() {
        return expires.isPresent()
                ? Optional.of(
                        Instant.ofEpochSecond(
                                Math.clamp(
                                        expires.getAsLong(),
                                        Instant.MIN.getEpochSecond(),
                                        Instant.MAX.getEpochSecond())))
                : Optional.empty();
    }

    private static OptionalLong none() {
        return OptionalLong.empty();
    }

    /// Decimals are cut, and what no long holds counts as its end; upstream takes both for 0.
    private static OptionalLong seconds(ObjectNode claims, String claim) {
        JsonNode value = claims.path(claim);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isNumber()) {
            throw new Refusal(Unacceptable.notNumber(claim));
        }
        if (value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        return OptionalLong.of(value.decimalValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
}

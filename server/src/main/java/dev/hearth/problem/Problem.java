package dev.hearth.problem;

import java.util.Map;
import java.util.Optional;

/// One way in which a request can be refused, as data: what was asked, why it was refused, and what
/// would work.
///
/// [#code()] is upstream's own where a client may look at it. None of the texts may hold SQL, a
/// stack trace, a token, a key or row data.
public interface Problem {

    /// The HTTP status, 400 to 599.
    int status();

    /// The machine-readable code, for example `bad_jwt` or `PGRST301`; empty where upstream has
    /// none.
    String code();

    /// The text for people, upstream's own words where clients match on them.
    String message();

    /// Further facts about this one case.
    default Optional<String> details() {
        return Optional.empty();
    }

    /// What to do instead.
    default Optional<String> hint() {
        return Optional.empty();
    }

    /// Header fields that the answer carries with it, for example `WWW-Authenticate`.
    default Map<String, String> headers() {
        return Map.of();
    }
}

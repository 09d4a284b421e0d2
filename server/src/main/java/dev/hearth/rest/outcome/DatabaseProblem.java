package dev.hearth.rest.outcome;

import java.util.Map;
import java.util.Optional;

/// What the database says of a request that it refuses, or what SQL raised in its place.
///
/// @param reason the phrase of the status line, where SQL chose one
/// @param fields header fields that SQL chose; empty for those that belong to the status
/// @param routine which of the server's own routines refused it: the same in every language, where
///   the message is in that of `lc_messages`
public record DatabaseProblem(
        int status,
        Optional<String> reason,
        String code,
        String message,
        Optional<String> details,
        Optional<String> hint,
        Optional<Map<String, String>> fields,
        Optional<String> routine)
        implements OutcomeProblem {

    /// Copies the fields.
    public DatabaseProblem {
        fields = fields.map(Map::copyOf);
    }

    /// The same with a hint.
    public DatabaseProblem hinting(String text) {
        return new DatabaseProblem(
                status, reason, code, message, details, Optional.of(text), fields, routine);
    }

    @Override
    public Facts facts() {
        return new Facts(status, code, message, details, hint);
    }

    @Override
    public Map<String, String> headers() {
        return fields.orElseGet(OutcomeProblem.super::headers);
    }
}

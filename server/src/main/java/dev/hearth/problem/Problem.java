package dev.hearth.problem;

import java.util.Map;
import java.util.Optional;

/// One way in which a request can be refused, as data: what was asked, why it was refused, and what
/// would work. A family of them says of each case its [#facts()], and no more:
///
/// ```
/// record NotEmbedded(String name) implements PlanProblem {
///     @Override
///     public Facts facts() {
///         return Facts.of(400, "PGRST108", "'%s' is not an embedded resource".formatted(name));
///     }
/// }
/// ```
///
/// [#code()] is upstream's own where a client may look at it. None of the texts may hold SQL, a
/// stack trace, a token, a key or row data.
public interface Problem {

    /// What one case tells.
    ///
    /// @param status the HTTP status, 400 to 599, or 300 where there is a choice
    /// @param code for machines, for example `bad_jwt` or `PGRST301`; empty where upstream has none
    /// @param message for people, upstream's own words where clients match on them
    /// @param details further facts about this one case
    /// @param hint what to do instead
    record Facts(
            int status,
            String code,
            String message,
            Optional<String> details,
            Optional<String> hint) {

        /// Neither details nor a hint.
        public static Facts of(int status, String code, String message) {
            return new Facts(status, code, message, Optional.empty(), Optional.empty());
        }

        /// The same with details.
        public Facts withDetails(String text) {
            return withDetails(Optional.of(text));
        }

        /// The same with details, if there are any.
        public Facts withDetails(Optional<String> text) {
            return new Facts(status, code, message, text, hint);
        }

        /// The same with a hint.
        public Facts withHint(String text) {
            return withHint(Optional.of(text));
        }

        /// The same with a hint, if there is one.
        public Facts withHint(Optional<String> text) {
            return new Facts(status, code, message, details, text);
        }
    }

    /// Everything about this case but its header fields.
    Facts facts();

    /// The HTTP status.
    default int status() {
        return facts().status();
    }

    /// The machine-readable code.
    default String code() {
        return facts().code();
    }

    /// The text for people.
    default String message() {
        return facts().message();
    }

    /// Further facts about this one case.
    default Optional<String> details() {
        return facts().details();
    }

    /// What to do instead.
    default Optional<String> hint() {
        return facts().hint();
    }

    /// Header fields that the answer carries with it, for example `WWW-Authenticate`.
    default Map<String, String> headers() {
        return Map.of();
    }
}

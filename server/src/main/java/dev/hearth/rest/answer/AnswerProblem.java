package dev.hearth.rest.answer;

import dev.hearth.problem.Problem;

/// Why what the database answered cannot be handed on (rest.md 15.1).
public sealed interface AnswerProblem extends Problem {

    /// A window that begins behind the last row.
    ///
    /// @param first where it begins
    /// @param total how many rows there are
    record BeyondTheRows(long first, long total) implements AnswerProblem {
        @Override
        public Facts facts() {
            return Facts.of(416, "PGRST103", "Requested range not satisfiable")
                    .withDetails(
                            "An offset of %d was requested, but there are only %d rows."
                                    .formatted(first, total));
        }
    }

    /// What SQL set as `response.headers` is not what it must be.
    record UnreadableHeaders() implements AnswerProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    500,
                    "PGRST111",
                    "response.headers guc must be a JSON array composed of objects with a single"
                            + " key and a string value");
        }
    }

    /// What SQL set as `response.status` is no status.
    record UnreadableStatus() implements AnswerProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "PGRST112", "response.status guc must be a valid status code");
        }
    }
}

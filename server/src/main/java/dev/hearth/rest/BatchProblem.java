package dev.hearth.rest;

import dev.hearth.problem.Problem;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Why a batch is refused as a whole. Upstream has no batches; the codes are ours.
sealed interface BatchProblem extends Problem {

    /// An operation was refused, or all of them at the end; nothing of the batch is kept.
    ///
    /// @param index of the operation, from 0; empty where it is not known which one it comes from,
    ///   because it came at the end
    /// @param of what it was refused with
    record Failed(OptionalInt index, Problem of) implements BatchProblem {
        @Override
        public Facts facts() {
            return of.facts();
        }

        @Override
        public Map<String, String> headers() {
            return of.headers();
        }
    }

    /// The body is no batch, or an operation of it none.
    ///
    /// @param details what is wrong
    record Unusable(String message, Optional<String> details) implements BatchProblem {

        private static final String SHAPE =
                "Send a JSON array of {\"method\", \"path\", \"prefer\"?, \"headers\"?, \"match\"?,"
                        + " \"body\"?}.";

        @Override
        public Facts facts() {
            return Facts.of(400, "HEARTH100", message).withDetails(details).withHint(SHAPE);
        }
    }

    /// A reference leads nowhere.
    ///
    /// @param reference as it was sent
    record UnknownReference(String reference) implements BatchProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            400,
                            "HEARTH101",
                            "The reference '%s' leads to no result of an earlier operation"
                                    .formatted(reference))
                    .withHint(
                            "Name an earlier operation, then a row where there are several, then a"
                                    + " column: 0.id or 0.1.id.");
        }
    }

    /// More operations, larger ones, or larger answers than a batch may have.
    record TooLarge(String message) implements BatchProblem {
        @Override
        public Facts facts() {
            return Facts.of(413, "HEARTH102", message);
        }
    }
}

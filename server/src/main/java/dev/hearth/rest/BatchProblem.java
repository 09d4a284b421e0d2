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
        public int status() {
            return of.status();
        }

        @Override
        public String code() {
            return of.code();
        }

        @Override
        public String message() {
            return of.message();
        }

        @Override
        public Optional<String> details() {
            return of.details();
        }

        @Override
        public Optional<String> hint() {
            return of.hint();
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
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "HEARTH100";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(SHAPE);
        }
    }

    /// A reference leads nowhere.
    ///
    /// @param reference as it was sent
    record UnknownReference(String reference) implements BatchProblem {

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "HEARTH101";
        }

        @Override
        public String message() {
            return "The reference '%s' leads to no result of an earlier operation"
                    .formatted(reference);
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(
                    "Name an earlier operation, then a row where there are several, then a column:"
                            + " 0.id or 0.1.id.");
        }
    }

    /// More operations, larger ones, or larger answers than a batch may have.
    record TooLarge(String message) implements BatchProblem {

        @Override
        public int status() {
            return 413;
        }

        @Override
        public String code() {
            return "HEARTH102";
        }
    }
}

package dev.hearth.rest.request;

import dev.hearth.problem.Problem;

import java.util.List;
import java.util.Optional;

/// What is wrong with a request by itself (rest.md 15.1).
public sealed interface RequestProblem extends Problem {

    /// A parameter whose text is outside the grammar.
    ///
    /// @param what the kind of text: `filter`, `order`, `select parameter` …
    /// @param text the value that was sent
    /// @param place `(line 1, column 5)`
    /// @param expectation `unexpected … expecting …`
    record Unparsable(String what, String text, String place, String expectation)
            implements RequestProblem {

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "PGRST100";
        }

        @Override
        public String message() {
            return "\"failed to parse %s (%s)\" %s".formatted(what, text, place);
        }

        @Override
        public Optional<String> details() {
            return Optional.of(expectation);
        }
    }

    /// Percent-encoded bytes that are no UTF-8. Upstream fails on them with a 500.
    record Undecodable() implements RequestProblem {

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "PGRST100";
        }

        @Override
        public String message() {
            return "The query string is not valid UTF-8";
        }
    }

    /// A path that leads to nothing.
    record UnknownPath() implements RequestProblem {

        @Override
        public int status() {
            return 404;
        }

        @Override
        public String code() {
            return "PGRST125";
        }

        @Override
        public String message() {
            return "Invalid path specified in request URL";
        }
    }

    /// The root, where the configuration has it say nothing.
    record RootDisabled() implements RequestProblem {

        @Override
        public int status() {
            return 404;
        }

        @Override
        public String code() {
            return "PGRST126";
        }

        @Override
        public String message() {
            return "Root endpoint metadata is disabled";
        }
    }

    /// A method that functions do not take.
    record NotForFunctions(String method) implements RequestProblem {

        @Override
        public int status() {
            return 405;
        }

        @Override
        public String code() {
            return "PGRST101";
        }

        @Override
        public String message() {
            return "Cannot use the %s method on RPC".formatted(method);
        }
    }

    /// A method that nothing here takes.
    record UnknownMethod(String method) implements RequestProblem {

        @Override
        public int status() {
            return 405;
        }

        @Override
        public String code() {
            return "PGRST117";
        }

        @Override
        public String message() {
            return "Unsupported HTTP method: " + method;
        }
    }

    /// A schema that is not exposed.
    ///
    /// @param exposed those that are
    record UnknownSchema(String schema, List<String> exposed) implements RequestProblem {

        /// Copies the list.
        public UnknownSchema {
            exposed = List.copyOf(exposed);
        }

        @Override
        public int status() {
            return 406;
        }

        @Override
        public String code() {
            return "PGRST106";
        }

        @Override
        public String message() {
            return "Invalid schema: " + schema;
        }

        @Override
        public Optional<String> hint() {
            return Optional.of(
                    "Only the following schemas are exposed: " + String.join(", ", exposed));
        }
    }

    /// A `Range` header whose end comes before its start.
    record RangeReversed() implements Unsatisfiable {

        @Override
        public Optional<String> details() {
            return Optional.of(
                    "The lower boundary must be lower than or equal to the upper boundary in the"
                            + " Range header.");
        }
    }

    /// A limit below zero, or a `Range` header and parameters that have no row in common.
    record NegativeLimit() implements Unsatisfiable {

        @Override
        public Optional<String> details() {
            return Optional.of("Limit should be greater than or equal to zero.");
        }
    }

    /// Rows that no result can have.
    sealed interface Unsatisfiable extends RequestProblem {

        @Override
        default int status() {
            return 416;
        }

        @Override
        default String code() {
            return "PGRST103";
        }

        @Override
        default String message() {
            return "Requested range not satisfiable";
        }
    }

    /// A window of rows for a `PUT`, which is about one row.
    record LimitOnUpsert() implements RequestProblem {

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "PGRST114";
        }

        @Override
        public String message() {
            return "limit/offset querystring parameters are not allowed for PUT";
        }
    }

    /// A body that cannot be used.
    ///
    /// @param message upstream's words
    record UnusableBody(String message) implements RequestProblem {

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "PGRST102";
        }
    }
}

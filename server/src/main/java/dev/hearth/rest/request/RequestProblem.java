package dev.hearth.rest.request;

import dev.hearth.problem.Problem;

import java.util.List;

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
        public Facts facts() {
            return Facts.of(
                            400,
                            "PGRST100",
                            "\"failed to parse %s (%s)\" %s".formatted(what, text, place))
                    .withDetails(expectation);
        }
    }

    /// Percent-encoded bytes that are no UTF-8. Upstream fails on them with a 500.
    record Undecodable() implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(400, "PGRST100", "The query string is not valid UTF-8");
        }
    }

    /// A path that leads to nothing.
    record UnknownPath() implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(404, "PGRST125", "Invalid path specified in request URL");
        }
    }

    /// The root, where the configuration has it say nothing.
    record RootDisabled() implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(404, "PGRST126", "Root endpoint metadata is disabled");
        }
    }

    /// A method that functions do not take.
    record NotForFunctions(String method) implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(405, "PGRST101", "Cannot use the %s method on RPC".formatted(method));
        }
    }

    /// A method that nothing here takes.
    record UnknownMethod(String method) implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(405, "PGRST117", "Unsupported HTTP method: " + method);
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
        public Facts facts() {
            return Facts.of(406, "PGRST106", "Invalid schema: " + schema)
                    .withHint(
                            "Only the following schemas are exposed: "
                                    + String.join(", ", exposed));
        }
    }

    /// A `Range` header whose end comes before its start.
    record RangeReversed() implements RequestProblem {
        @Override
        public Facts facts() {
            return unsatisfiable(
                    "The lower boundary must be lower than or equal to the upper boundary in the"
                            + " Range header.");
        }
    }

    /// A limit below zero, or a `Range` header and parameters that have no row in common.
    record NegativeLimit() implements RequestProblem {
        @Override
        public Facts facts() {
            return unsatisfiable("Limit should be greater than or equal to zero.");
        }
    }

    /// Rows that no result can have.
    private static Facts unsatisfiable(String details) {
        return Facts.of(416, "PGRST103", "Requested range not satisfiable").withDetails(details);
    }

    /// A window of rows for a `PUT`, which is about one row.
    record LimitOnUpsert() implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    400, "PGRST114", "limit/offset querystring parameters are not allowed for PUT");
        }
    }

    /// A body that cannot be used.
    ///
    /// @param message upstream's words
    record UnusableBody(String message) implements RequestProblem {
        @Override
        public Facts facts() {
            return Facts.of(400, "PGRST102", message);
        }
    }
}

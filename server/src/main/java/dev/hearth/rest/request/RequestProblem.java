package dev.hearth.rest.request;

import dev.hearth.problem.Problem;

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
}

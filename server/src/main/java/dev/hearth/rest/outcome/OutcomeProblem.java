package dev.hearth.rest.outcome;

import dev.hearth.problem.Problem;

import java.util.Map;
import java.util.Optional;

/// What can go wrong with a transaction (rest.md 15).
public sealed interface OutcomeProblem extends Problem permits DatabaseProblem, OutcomeProblem.Own {

    /// When a client should ask again.
    String SECONDS = "1";

    /// What this server says by itself.
    enum Kind {
        CONNECTION(503, "PGRST000", "Database connection error."),
        CLIENT(503, "PGRST001", "Database client error. Retrying the connection."),
        ACQUISITION(504, "PGRST003", "Timed out acquiring connection from connection pool."),
        KEY(400, "PGRST115", "Payload values do not match URL in primary key column(s)"),
        SINGULAR(406, "PGRST116", "Cannot coerce the result to a single JSON object"),
        RAISED(500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error"),
        TOO_LARGE(413, "HEARTH102", "The answer of an operation is too large for a batch"),
        ANSWER(413, "HEARTH103", "The answer is too large to be sent as a whole"),
        MAX_AFFECTED(400, "PGRST124", "Query result exceeds max-affected preference constraint");

        private final int status;
        private final String code;
        private final String message;

        Kind(int status, String code, String message) {
            this.status = status;
            this.code = code;
            this.message = message;
        }
    }

    /// A refusal of our own.
    record Own(Kind kind, Optional<String> details, Optional<String> hint)
            implements OutcomeProblem {

        @Override
        public Facts facts() {
            return new Facts(kind.status, kind.code, kind.message, details, hint);
        }
    }

    /// An answer that cannot be sent row by row is larger than it may be. Ours: upstream holds it
    /// in memory, however large.
    ///
    /// @param sizes bytes that it has, and may have
    static OutcomeProblem answerTooLarge(String sizes) {
        return new Own(
                Kind.ANSWER,
                Optional.of(sizes),
                Optional.of(
                        "Ask for fewer rows or columns, or read them as application/json, which is"
                                + " sent row by row. A write may do without its representation. An"
                                + " operator can raise HEARTH_REST_ANSWER_LIMIT."));
    }

    /// The database cannot be reached.
    ///
    /// @param driver what the driver says about it
    static OutcomeProblem unreachable(String driver) {
        return new Own(Kind.CONNECTION, Optional.of(driver), Optional.empty());
    }

    /// The connection was lost on the way.
    ///
    /// @param driver what the driver says about it
    static OutcomeProblem lost(String driver) {
        return new Own(Kind.CLIENT, Optional.of(driver), Optional.empty());
    }

    /// All connections were in use for too long.
    static OutcomeProblem allInUse() {
        return new Own(Kind.ACQUISITION, Optional.empty(), Optional.empty());
    }

    /// The body is about another row than the address.
    static OutcomeProblem anotherKey() {
        return new Own(Kind.KEY, Optional.empty(), Optional.empty());
    }

    /// There is not exactly one row.
    static OutcomeProblem notSingular(long rows) {
        return new Own(
                Kind.SINGULAR,
                Optional.of("The result contains %d rows".formatted(rows)),
                Optional.empty());
    }

    /// An answer does not fit into that of a batch.
    static OutcomeProblem tooLarge() {
        return new Own(
                Kind.TOO_LARGE,
                Optional.of("At most %d bytes".formatted(SharedTransaction.MAXIMUM_RESULT)),
                Optional.empty());
    }

    /// There are more rows than the caller wants to change.
    static OutcomeProblem tooManyAffected(long rows) {
        return new Own(
                Kind.MAX_AFFECTED,
                Optional.of("The query affects %d rows".formatted(rows)),
                Optional.empty());
    }

    /// The message of a `raise sqlstate 'PGRST'` cannot be read.
    static OutcomeProblem unreadableMessage(String message) {
        return new Own(
                Kind.RAISED,
                Optional.of("Invalid JSON value for MESSAGE: '%s'".formatted(message)),
                Optional.of(
                        "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and"
                                + " optional keys: 'details', 'hint'."));
    }

    /// The detail of a `raise sqlstate 'PGRST'` is missing or cannot be read.
    static OutcomeProblem unreadableDetail(Optional<String> detail) {
        return new Own(
                Kind.RAISED,
                Optional.of(
                        detail.map("Invalid JSON value for DETAIL: '%s'"::formatted)
                                .orElse("DETAIL is missing in the RAISE statement")),
                Optional.of(
                        "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and"
                                + " optional key: 'status_text'."));
    }

    @Override
    default Map<String, String> headers() {
        return switch (status()) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer");
            case 503 -> Map.of("Retry-After", SECONDS);
            default -> Map.of();
        };
    }
}

package dev.hearth.rest.outcome;

import dev.hearth.database.Mode;
import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.sql.Statement;

import java.util.Optional;
import java.util.OptionalLong;

/// What a transaction does and what must be true of it, the same for all requests of one kind.
///
/// @param mode whether it may write, and the isolation that a function asks for
/// @param preRequest the function that runs before, by its quoted name
/// @param main the statement that answers the request
/// @param estimate how rows are counted that nobody reads
/// @param rows the rows of `main` one by one, each as one value of JSON text: where they are too
///   large for one value `main` has a body of null; only where nothing may be written, since `main`
///   runs twice then
/// @param checks what must be true of the result, lest nothing of it is kept
/// @param kept whether what was changed stays; otherwise it is tried with all constraints
/// @param explained whether `main` explains a statement and is answered by the lines of a plan
public record Steps(
        Mode mode,
        Optional<String> preRequest,
        Statement main,
        Optional<Estimate> estimate,
        Optional<Statement> rows,
        Checks checks,
        boolean kept,
        boolean explained) {

    /// @throws IllegalArgumentException when they may write and are to be read row by row
    public Steps {
        if (rows.isPresent() && !mode.readOnly()) {
            throw new IllegalArgumentException("a write cannot be done twice");
        }
    }

    /// What must be true of the result.
    ///
    /// @param singular whether there must be exactly one row (PGRST116)
    /// @param maxAffected the most rows (PGRST124)
    /// @param ofKey whether there must be exactly one row because a key names it (PGRST115)
    public record Checks(boolean singular, OptionalLong maxAffected, boolean ofKey) {

        /// Whatever comes is right.
        public static final Checks NONE = new Checks(false, OptionalLong.empty(), false);

        boolean any() {
            return singular || ofKey || maxAffected.isPresent();
        }
    }

    /// The planner's word on how many rows match.
    ///
    /// @param statement an `EXPLAIN (FORMAT JSON)`
    /// @param count planned or estimated
    /// @param maxRows above so many the planner is asked, not the rows
    public record Estimate(Statement statement, Count count, OptionalLong maxRows) {}

    /// Whether something of the result must be looked at before it is kept.
    boolean judged() {
        return checks.any() && kept && !mode.readOnly();
    }
}

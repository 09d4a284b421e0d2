package dev.hearth.rest.outcome;

import dev.hearth.database.Mode;
import dev.hearth.database.RequestSettings;
import dev.hearth.exchange.Bytes;
import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.sql.Statement;
import dev.hearth.token.Caller;

import java.util.Optional;
import java.util.OptionalLong;

/// What is to be done in one transaction, as whom, and what must be true of it.
///
/// @param settings search path, `request.*`, time zone, settings of a function and of the project,
///   in the order in which they are set
/// @param main the statement that answers the request
/// @param body what its places for the body hold
/// @param mode whether it may write, and the isolation that a function asks for
/// @param preRequest the function that runs before, by its quoted name
/// @param estimate how rows are counted that nobody reads
/// @param checks what must be true of the result, lest nothing of it is kept
/// @param kept whether what was changed stays; otherwise it is tried with all constraints
/// @param explained whether `main` explains a statement and is answered by the lines of a plan
/// @param rows the rows of `main` one by one, each as one value of JSON text: where they are too
///   large for one value; only of a transaction that may not write, since `main` runs twice then
public record Transaction(
        Caller caller,
        RequestSettings settings,
        Statement main,
        Bytes body,
        Mode mode,
        Optional<String> preRequest,
        Optional<Estimate> estimate,
        Checks checks,
        boolean kept,
        boolean explained,
        Optional<Statement> rows) {

    /// @throws IllegalArgumentException when it may write and is to be read row by row
    public Transaction {
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

    /// A transaction with nothing special about it.
    public static Transaction of(
            Caller caller, RequestSettings settings, Mode mode, Statement main, Bytes body) {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                Optional.empty(),
                Optional.empty(),
                Checks.NONE,
                true,
                false,
                Optional.empty());
    }

    /// The same after a function.
    ///
    /// @param function its quoted name
    public Transaction after(String function) {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                Optional.of(function),
                estimate,
                checks,
                kept,
                explained,
                rows);
    }

    /// The same with all rows counted by the planner.
    public Transaction with(Estimate planner) {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                preRequest,
                Optional.of(planner),
                checks,
                kept,
                explained,
                rows);
    }

    /// The same with a result that must pass.
    public Transaction with(Checks must) {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                preRequest,
                estimate,
                must,
                kept,
                explained,
                rows);
    }

    /// The same, without a trace in the database.
    public Transaction notKept() {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                preRequest,
                estimate,
                checks,
                false,
                explained,
                rows);
    }

    /// The same, where `main` explains.
    public Transaction explaining() {
        return new Transaction(
                caller, settings, main, body, mode, preRequest, estimate, checks, kept, true, rows);
    }

    /// The same, whose rows may be read one by one.
    ///
    /// @param one a statement with the rows of `main`, each as one value of JSON text
    public Transaction rowByRow(Statement one) {
        return new Transaction(
                caller,
                settings,
                main,
                body,
                mode,
                preRequest,
                estimate,
                checks,
                kept,
                explained,
                Optional.of(one));
    }
}

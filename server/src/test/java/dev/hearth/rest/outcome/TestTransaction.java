package dev.hearth.rest.outcome;

import dev.hearth.database.Mode;
import dev.hearth.exchange.Bytes;
import dev.hearth.rest.outcome.Steps.Checks;
import dev.hearth.rest.outcome.Steps.Estimate;
import dev.hearth.rest.sql.Statement;
import dev.hearth.token.Caller;

import java.util.List;
import java.util.Optional;

/// A transaction with nothing special about it but what a test says.
final class TestTransaction {

    private final Caller caller;
    private final Mode mode;
    private final Statement main;
    private Bytes body = Bytes.EMPTY;
    private Optional<String> preRequest = Optional.empty();
    private Optional<Estimate> estimate = Optional.empty();
    private Optional<Statement> rows = Optional.empty();
    private Checks checks = Checks.NONE;
    private boolean kept = true;
    private boolean explained;

    TestTransaction(Caller caller, Mode mode, Statement main) {
        this.caller = caller;
        this.mode = mode;
        this.main = main;
    }

    TestTransaction with(Bytes content) {
        body = content;
        return this;
    }

    TestTransaction with(Checks must) {
        checks = must;
        return this;
    }

    TestTransaction with(Estimate planner) {
        estimate = Optional.of(planner);
        return this;
    }

    TestTransaction after(String function) {
        preRequest = Optional.of(function);
        return this;
    }

    TestTransaction notKept() {
        kept = false;
        return this;
    }

    TestTransaction explaining() {
        explained = true;
        return this;
    }

    TestTransaction rowByRow(Statement one) {
        rows = Optional.of(one);
        return this;
    }

    Steps steps() {
        return new Steps(mode, preRequest, main, estimate, rows, checks, kept, explained);
    }

    Transaction get() {
        return new Transaction(caller, Fixture.settings(), new Commands(steps()), List.of(), body);
    }
}

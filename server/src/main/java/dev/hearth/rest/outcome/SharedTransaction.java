package dev.hearth.rest.outcome;

import dev.hearth.database.CallerSession;
import dev.hearth.database.Command;
import dev.hearth.database.Database;
import dev.hearth.database.Mode;
import dev.hearth.database.Reply;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.sql.Rendering;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// One transaction for several requests of a caller, each of which sees what those before have
/// done. Nothing is kept unless it is ended. For one thread; each request is one round trip.
///
/// A request that may not write runs in a read-only savepoint. Its isolation is that of the whole.
/// What a request has set for itself alone (a time zone, the timeout of a function) ends with it.
public final class SharedTransaction implements AutoCloseable {

    /// How often it is tried where others get in the way.
    public static final int ATTEMPTS = Transactions.SERIALIZATION_ATTEMPTS;

    /// The most bytes of what one request is answered.
    public static final int MAXIMUM_RESULT = Rendering.MAXIMUM_VALUE;

    private static final Command SAVEPOINT = Command.of("savepoint hearth_read");
    private static final Command READ_ONLY = Command.of("set transaction read only");
    private static final Command RELEASE = Command.of("release savepoint hearth_read");

    /// Settings of a request are made as the login role, which may make them.
    private static final Command LOGIN_ROLE = Command.of("select set_config('role', 'none', true)");

    /// Nothing that the request before has said of its answer.
    private static final Command FRESH =
            Command.of(
                    "select set_config('response.headers', '', true),"
                            + " set_config('response.status', '', true),"
                            + " set_config('pgrst.inserted', '', true)");

    private final Database database;
    private final CallerSession session;
    private final Mode mode;
    private final Function<SQLException, OutcomeProblem> problems;
    private Set<String> settings = Set.of();
    private boolean begun;
    private boolean kept = true;
    private Again again = Again.NO;

    /// Whether the whole may pass when it is tried again.
    private enum Again {
        NO,
        YES,
        /// When the connection forgets what it has prepared.
        PREPARED
    }

    SharedTransaction(
            Database database,
            CallerSession session,
            Mode mode,
            Function<SQLException, OutcomeProblem> problems) {
        this.database = database;
        this.session = session;
        this.mode = mode;
        this.problems = problems;
    }

    /// Carries out one request more.
    ///
    /// @throws Refusal with an [OutcomeProblem]; nothing more can be done then
    public Outcome run(Transaction transaction) {
        kept &= transaction.steps().kept();
        try {
            return carryOut(transaction);
        } catch (SQLException e) {
            again = again(e);
            throw new Refusal(problems.apply(e));
        }
    }

    private Again again(SQLException e) {
        if (Failures.isOfPrepared(e)) {
            return Again.PREPARED;
        }
        boolean others = Failures.isOfOthers(e);
        return others || (Failures.mayBeOfTypes(e) && session.forgetTypes()) ? Again.YES : Again.NO;
    }

    /// Undoes everything, and begins anew where what has failed may pass then: where others got in
    /// the way, or the database has changed under statements that ran before.
    ///
    /// @return whether it has begun anew
    public boolean startOver() {
        if (again == Again.NO) {
            return false;
        }
        try {
            session.rollback();
            if (again == Again.PREPARED) {
                session.forgetPrepared();
            }
        } catch (SQLException _) {
            return false;
        }
        again = Again.NO;
        begun = false;
        kept = true;
        return true;
    }

    private Outcome carryOut(Transaction transaction) throws SQLException {
        Commands commands = transaction.commands();
        Steps steps = transaction.steps();
        var flush = new ArrayList<>(opening(transaction));
        boolean readOnly = steps.mode().readOnly();
        if (readOnly) {
            flush.addAll(List.of(SAVEPOINT, READ_ONLY));
        }
        commands.preRequest().ifPresent(flush::add);
        int place = flush.size();
        flush.add(commands.main(transaction));
        commands.estimate(transaction).ifPresent(flush::add);
        if (readOnly) {
            flush.add(RELEASE);
        }
        flush.add(CallerSession.PAUSE);
        List<Reply> replies = session.send(flush);
        Reply main = replies.get(place);
        if (steps.explained()) {
            return new Outcome.Explained(Results.lines(main));
        }
        if (steps.rows().isPresent() && Results.isTooLarge(main)) {
            throw new Refusal(OutcomeProblem.tooLarge());
        }
        Optional<Reply> plan = steps.estimate().map(_ -> replies.get(place + 1));
        Outcome.Rows rows = Results.rows(main, plan, steps.estimate());
        if (rows.body().length() > MAXIMUM_RESULT) {
            throw new Refusal(OutcomeProblem.tooLarge());
        }
        Transactions.check(steps.checks(), rows.found().page());
        return rows;
    }

    private List<Command> opening(Transaction transaction) {
        List<Command> opening =
                database.opening(transaction.caller(), transaction.settings(), mode);
        Set<String> left = new TreeSet<>(settings);
        settings = transaction.settings().names();
        if (!begun) {
            begun = true;
            return opening;
        }
        left.removeAll(settings);
        var next = new ArrayList<>(List.of(CallerSession.RESUME, LOGIN_ROLE));
        left.stream().map(SharedTransaction::reset).forEach(next::add);
        next.addAll(List.of(opening.getLast(), FRESH));
        return next;
    }

    private static Command reset(String setting) {
        return new Command(
                "select set_config(name, reset_val, true) from pg_catalog.pg_settings where"
                        + " lower(name) = lower(?)",
                List.of(new Command.Value.Text(setting)));
    }

    /// Keeps what was done, unless one of the requests was not to be kept.
    ///
    /// @throws Refusal with an [OutcomeProblem]; nothing was changed then, unless the connection
    ///   was lost
    public void end() {
        if (!begun) {
            return;
        }
        var flush = new ArrayList<Command>();
        flush.add(CallerSession.RESUME);
        flush.addAll(Transactions.ending(kept));
        try {
            session.send(flush);
        } catch (SQLException e) {
            again = Failures.isOfOthers(e) ? Again.YES : Again.NO;
            throw new Refusal(problems.apply(e));
        }
    }

    /// Gives the connection back; what was not ended is undone.
    @Override
    public void close() {
        session.close();
    }
}

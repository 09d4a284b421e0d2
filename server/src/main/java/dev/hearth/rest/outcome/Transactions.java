package dev.hearth.rest.outcome;

import dev.hearth.database.CallerSession;
import dev.hearth.database.Command;
import dev.hearth.database.Database;
import dev.hearth.database.Mode;
import dev.hearth.database.Reply;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.outcome.Steps.Checks;
import dev.hearth.token.Caller;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Carries out transactions. Safe for any thread; blocks for a connection and for the database.
///
/// Everything leaves in one flush, commit or rollback with it, unless the result of a write must be
/// looked at before it is kept: then what becomes of it is a second one. An error costs one more
/// for the rollback.
///
/// Mirrors PostgREST v14 `src/PostgREST/MainTx.hs`.
public final class Transactions {

    /// How often a transaction is tried that others get in the way of (40001). Upstream tries for
    /// ever.
    static final int SERIALIZATION_ATTEMPTS = 10;

    private static final Command COMMIT = Command.of("commit");
    private static final List<Command> KEPT = List.of(COMMIT);
    private static final List<Command> UNDONE =
            List.of(Command.of("set constraints all immediate"), Command.of("rollback"));
    private static final List<Command> PAUSE = List.of(CallerSession.PAUSE);

    private final Database database;
    private final String anonymousRole;
    private final Streams streams;

    /// @param anonymousRole the role of a caller who has not said who they are
    /// @param streams the most answers that are read row by row at a time
    /// @param patience how long one more waits
    public Transactions(Database database, String anonymousRole, int streams, Duration patience) {
        this.database = database;
        this.anonymousRole = anonymousRole;
        this.streams = new Streams(streams, patience);
    }

    /// Carries out a transaction.
    ///
    /// @throws Refusal with an [OutcomeProblem]; nothing was changed then, unless the connection
    ///   was lost while it ended
    public Outcome run(Transaction transaction) {
        for (int attempt = 1; ; attempt++) {
            CallerSession session = session();
            boolean handedOver = false;
            try {
                Outcome outcome = attempt(session, transaction);
                handedOver = outcome instanceof Outcome.Streamed;
                return outcome;
            } catch (SQLException e) {
                if (!Failures.isOfSerialization(e) || attempt == SERIALIZATION_ATTEMPTS) {
                    throw new Refusal(problem(e, transaction.caller()));
                }
            } finally {
                if (!handedOver) {
                    session.close();
                }
            }
        }
    }

    /// Forgets what was learned of the types in statements: tables or functions have changed.
    public void forget() {
        database.forgetTypes();
    }

    /// Looks at what a caller may use.
    ///
    /// @throws Refusal with an [OutcomeProblem]
    public Inspection.Usable look(Inspection inspection) {
        var flush =
                new ArrayList<>(
                        database.opening(inspection.caller(), inspection.settings(), Mode.READ));
        inspection.preRequest().map(Commands::call).ifPresent(flush::add);
        flush.addAll(inspection.commands());
        int last = flush.size();
        flush.add(COMMIT);
        try (CallerSession session = session()) {
            return Inspection.usable(session.send(flush).subList(0, last));
        } catch (SQLException e) {
            throw new Refusal(problem(e, inspection.caller()));
        }
    }

    /// A transaction for several requests; whoever opens it closes it.
    ///
    /// @param isolation that functions ask for; the role's own where it is stricter
    /// @throws Refusal with an [OutcomeProblem] when there is no connection
    public SharedTransaction share(Caller caller, Optional<Mode.Isolation> isolation) {
        var strictest =
                Stream.concat(isolation.stream(), database.isolation(caller).stream())
                        .max(Enum::compareTo);
        return new SharedTransaction(
                database, session(), new Mode(false, strictest), e -> problem(e, caller));
    }

    private CallerSession session() {
        try {
            return database.session();
        } catch (SQLException e) {
            throw new Refusal(Failures.ofAcquisition(e, database.allInUse()));
        }
    }

    private OutcomeProblem problem(SQLException e, Caller caller) {
        return Failures.of(e, caller.role().equals(anonymousRole));
    }

    /// Once more where the database has changed under a statement that ran before.
    private Outcome attempt(CallerSession session, Transaction transaction) throws SQLException {
        try {
            return carryOut(session, transaction);
        } catch (SQLException e) {
            boolean prepared = Failures.isOfPrepared(e);
            if (!prepared && !(Failures.mayBeOfTypes(e) && session.forgetTypes())) {
                throw e;
            }
            session.rollback();
            if (prepared) {
                session.forgetPrepared();
            }
            return carryOut(session, transaction);
        }
    }

    private Outcome carryOut(CallerSession session, Transaction transaction) throws SQLException {
        Steps steps = transaction.steps();
        if (transaction.commands().large()) {
            return stream(session, transaction);
        }
        List<Command> flush = opening(transaction, steps.mode());
        int place = flush.size();
        flush.add(transaction.commands().main(transaction));
        transaction.commands().estimate(transaction).ifPresent(flush::add);
        flush.addAll(steps.judged() ? PAUSE : ending(steps.kept()));
        List<Reply> replies;
        try {
            replies = session.send(flush);
        } catch (SQLException e) {
            if (steps.rows().isPresent() && Failures.isTooLarge(e)) {
                session.rollback();
                return stream(session, transaction);
            }
            throw e;
        }
        Reply main = replies.get(place);
        if (steps.explained()) {
            return new Outcome.Explained(Results.lines(main));
        }
        if (steps.rows().isPresent() && Results.isTooLarge(main)) {
            return stream(session, transaction);
        }
        Optional<Reply> plan = steps.estimate().map(_ -> replies.get(place + 1));
        Outcome.Rows rows = Results.rows(main, plan, steps.estimate());
        check(steps.checks(), rows.found().page());
        if (steps.judged()) {
            session.send(List.of(CallerSession.RESUME, COMMIT));
        }
        return rows;
    }

    private Outcome stream(CallerSession session, Transaction transaction) throws SQLException {
        Optional<Mode.Isolation> isolation = transaction.steps().mode().isolation();
        var mode = new Mode(true, isolation.or(() -> Optional.of(Mode.Isolation.REPEATABLE_READ)));
        List<Command> opening = opening(transaction, mode);
        Function<SQLException, OutcomeProblem> problems = e -> problem(e, transaction.caller());
        Outcome.Streamed streamed =
                streams.open(
                        session,
                        this::session,
                        each -> RowStream.open(each, transaction, opening, problems),
                        problems);
        try {
            check(transaction.steps().checks(), streamed.found().page());
        } catch (Refusal e) {
            streamed.body().close();
            throw e;
        }
        return streamed;
    }

    private List<Command> opening(Transaction transaction, Mode mode) {
        var flush =
                new ArrayList<>(
                        database.opening(transaction.caller(), transaction.settings(), mode));
        transaction.commands().preRequest().ifPresent(flush::add);
        return flush;
    }

    static List<Command> ending(boolean kept) {
        return kept ? KEPT : UNDONE;
    }

    /// A session that is closed before its commit keeps nothing.
    static void check(Checks checks, long rows) {
        if (checks.ofKey() && rows != 1) {
            throw new Refusal(OutcomeProblem.anotherKey());
        }
        if (checks.singular() && rows != 1) {
            throw new Refusal(OutcomeProblem.notSingular(rows));
        }
        if (checks.maxAffected().isPresent() && rows > checks.maxAffected().getAsLong()) {
            throw new Refusal(OutcomeProblem.tooManyAffected(rows));
        }
    }
}

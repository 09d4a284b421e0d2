package dev.hearth.rest;

import dev.hearth.config.Config;
import dev.hearth.config.HttpConfig;
import dev.hearth.config.RestConfig;
import dev.hearth.database.Database;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Answering;
import dev.hearth.rest.answer.Refused;
import dev.hearth.rest.caller.Callers;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.CatalogKeeper;
import dev.hearth.rest.openapi.Address;
import dev.hearth.rest.outcome.Advice;
import dev.hearth.rest.outcome.DatabaseProblem;
import dev.hearth.rest.outcome.Inspection;
import dev.hearth.rest.outcome.Outcome;
import dev.hearth.rest.outcome.Transactions;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.token.Caller;
import dev.hearth.token.VerificationKeys;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The door of the data API: `/rest/v1`, and `/hearth/v1/batch`. Safe for any thread; handlers
/// block for the database.
public final class Rest implements AutoCloseable {

    private static final String ROOT = "/rest/v1";
    private static final String ADDRESSES = ROOT + "/*";
    private static final String BATCH = "/hearth/v1/batch";
    private static final int LOWEST_ERROR = 400;

    /// The role that the secret key stands for.
    private static final String SECRET_ROLE = "service_role";

    private final Address address;
    private final ConfigKeeper config;
    private final CatalogKeeper catalogs;
    private final Transactions transactions;
    private final boolean development;
    private final Advice advice;
    private final Observer observer;
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile Optional<Serving> serving = Optional.empty();

    private Rest(
            Config settings,
            VerificationKeys keys,
            Database database,
            Observer observer,
            Clock clock) {
        this.observer = observer;
        RestConfig given = settings.rest();
        address = address(settings.http());
        development = settings.development();
        advice = new Advice(database);
        config =
                new ConfigKeeper(given, each -> new Callers(each, keys, clock), database, observer);
        transactions =
                new Transactions(
                        database,
                        given.anonymousRole().orElse(""),
                        settings.database().streams(),
                        settings.database().acquisitionTimeout());
        catalogs =
                CatalogKeeper.start(
                        database,
                        config::refreshed,
                        new CatalogKeeper.Channel(
                                given.reload().channel(), given.reload().listens()),
                        CatalogKeeper::reload,
                        observer);
        catalogs.listen(this::serve);
        catalogs.current().ifPresent(this::serve);
    }

    /// Begins to serve. Returns at once: until the catalog is read, requests are answered with 503.
    ///
    /// @param settings those of the environment
    /// @param keys that tokens are verified with
    public static Rest start(
            Config settings,
            VerificationKeys keys,
            Database database,
            Observer observer,
            Clock clock) {
        return new Rest(settings, keys, database, observer, clock);
    }

    private static Address address(HttpConfig http) {
        return Address.of(http.publicUrl() + ROOT)
                .orElseGet(() -> new Address("http", http.bind(), http.port(), ROOT));
    }

    private void serve(Catalog catalog) {
        transactions.forget();
        serving = Optional.of(Serving.of(config.current().config(), catalog));
        read.countDown();
    }

    /// Waits until the catalog is read for the first time, so that the first request finds it.
    ///
    /// @return whether it is
    public boolean awaitCatalog(Duration atMost) {
        try {
            return read.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether the catalog was ever read: requests are answered with PGRST002 until then.
    public boolean hasCatalog() {
        return serving.isPresent();
    }

    /// Asks for the settings in the database and the catalog to be read again, and returns at once.
    public void reload() {
        catalogs.reload();
    }

    /// Stops to watch the schema.
    @Override
    public void close() {
        catalogs.close();
    }

    /// What this room answers. Every refusal is answered in upstream's shape.
    public List<Route> routes() {
        return List.of(
                new Route(
                        Optional.empty(),
                        ADDRESSES,
                        Route.Access.KEY,
                        config.current().config().bodyLimit(),
                        this::refused,
                        this::answer),
                new Route(
                        Optional.of(Method.POST),
                        BATCH,
                        Route.Access.KEY,
                        config.current().config().bodyLimit(),
                        this::refused,
                        this::batch));
    }

    private Answer batch(Request request) throws IOException {
        Caller caller = config.current().callers().of(request);
        Serving now = serving.orElseThrow(() -> new Refusal(new RestProblem.NoCatalog()));
        return traced(
                request, new Batching(transactions, now, caller, this::advised).answer(request));
    }

    private Answer answer(Request request) throws IOException {
        var timing = new Timing();
        Caller caller = config.current().callers().of(request);
        timing.ended(Timing.Stage.JWT);
        Serving now = serving.orElseThrow(() -> new Refusal(new RestProblem.NoCatalog()));
        Templates.Ready ready =
                now.templates()
                        .ready(
                                request.line(),
                                request.headers(),
                                () -> request.body().bytes(),
                                timing);
        timing.ended(Timing.Stage.PLAN);
        Answer answer =
                switch (ready.template().plan()) {
                    case Plan.Allow(String methods) ->
                            new Answer(200, List.of(new Field("Allow", methods)), Bytes.EMPTY);
                    case Plan.Describe plan ->
                            described(
                                    caller, request, now, ready.template().request(), plan, timing);
                    case Plan.Statement plan ->
                            carriedOut(caller, request, now, ready, plan, timing);
                };
        timing.ended(Timing.Stage.RESPONSE);
        boolean told = now.config().timing() && answer.status() < LOWEST_ERROR;
        return traced(request, told ? timing.on(answer) : answer);
    }

    private Answer described(
            Caller caller,
            Request request,
            Serving now,
            RestRequest understood,
            Plan.Describe plan,
            Timing timing) {
        Inspection.Usable usable =
                transactions.look(now.inspection(caller, request, understood, plan));
        timing.ended(Timing.Stage.TRANSACTION);
        return new Describing(now.config(), now.catalog(), address)
                .answer(understood, plan, usable);
    }

    private Answer carriedOut(
            Caller caller,
            Request request,
            Serving now,
            Templates.Ready ready,
            Plan.Statement plan,
            Timing timing) {
        Outcome outcome;
        try {
            outcome = transactions.run(Serving.transaction(caller, request, ready));
        } catch (Refusal refusal) {
            throw advised(
                    refusal,
                    new Advice.Attempt(caller.role(), ready.template().request().schema(), plan));
        }
        timing.ended(Timing.Stage.TRANSACTION);
        return new Answering(
                        ready.template().request(),
                        plan,
                        request.line().query(),
                        ready.template().work().orElseThrow().zoneKnown(),
                        now.config().transactionEnd().mayBeOverridden())
                .answer(outcome);
    }

    /// Names of policies and grants are for developers, and for who holds the secret key.
    private Refusal advised(Refusal refusal, Advice.Attempt attempt) {
        boolean maySee = development || attempt.role().equals(SECRET_ROLE);
        return maySee && refusal.problem() instanceof DatabaseProblem problem
                ? advice.on(problem, attempt)
                        .map(hint -> new Refusal(problem.hinting(hint)))
                        .orElse(refusal)
                : refusal;
    }

    private Answer refused(Request request, Exception failure) {
        Problem problem =
                switch (failure) {
                    case Refusal refusal -> worded(refusal.problem());
                    default -> {
                        observer.tell(RestEvent.Faulted.of(request.id(), failure));
                        yield new RestProblem.Unexpected();
                    }
                };
        return traced(
                request,
                problem instanceof BatchProblem.Failed(OptionalInt index, Problem of)
                        ? Refused.answer(worded(of), index)
                        : Refused.answer(problem));
    }

    /// With the header field that the settings want back, also where none was sent.
    private Answer traced(Request request, Answer answer) {
        return config.current()
                .config()
                .traceHeader()
                .map(name -> answer.with(name, request.headers().first(name).orElse("")))
                .orElse(answer);
    }

    private static Problem worded(Problem problem) {
        return problem instanceof BodyTooLarge(long limit)
                ? new RestProblem.BodyOverLimit(limit)
                : problem;
    }
}

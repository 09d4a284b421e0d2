package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.database.Database;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Bytes;
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
import dev.hearth.rest.outcome.Outcome;
import dev.hearth.rest.outcome.Transactions;
import dev.hearth.rest.plan.Plan;
import dev.hearth.token.Caller;
import dev.hearth.token.VerificationKeys;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The door of the data API: `/rest/v1`. Safe for any thread; handlers block for the database.
public final class Rest implements AutoCloseable {

    private static final String ADDRESSES = "/rest/v1/*";

    private final ConfigKeeper config;
    private final CatalogKeeper catalogs;
    private final Transactions transactions;
    private final Observer observer;
    private volatile Optional<Serving> serving = Optional.empty();

    private Rest(
            RestConfig given,
            VerificationKeys keys,
            Database database,
            Observer observer,
            Clock clock) {
        this.observer = observer;
        config =
                new ConfigKeeper(
                        given, settings -> new Callers(settings, keys, clock), database, observer);
        transactions = new Transactions(database, given.anonymousRole().orElse(""));
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
    /// @param given the settings of the environment
    /// @param keys that tokens are verified with
    public static Rest start(
            RestConfig given,
            VerificationKeys keys,
            Database database,
            Observer observer,
            Clock clock) {
        return new Rest(given, keys, database, observer, clock);
    }

    private void serve(Catalog catalog) {
        serving = Optional.of(Serving.of(config.current().config(), catalog));
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
                        this::answer));
    }

    private Answer answer(Request request) throws IOException {
        Caller caller = config.current().callers().of(request);
        Serving now = serving.orElseThrow(() -> new Refusal(new RestProblem.NoCatalog()));
        Templates.Ready ready =
                now.templates()
                        .ready(request.line(), request.headers(), () -> request.body().bytes());
        return switch (ready.template().plan()) {
            case Plan.Allow(String methods) ->
                    new Answer(200, List.of(new Field("Allow", methods)), Bytes.EMPTY);
            case Plan.Describe describe ->
                    throw new UnsupportedOperationException(describe.schema());
            case Plan.Statement plan -> carriedOut(caller, request, now, ready, plan);
        };
    }

    private Answer carriedOut(
            Caller caller,
            Request request,
            Serving now,
            Templates.Ready ready,
            Plan.Statement plan) {
        Carrying carrying = now.carrying();
        Outcome outcome = transactions.run(carrying.transaction(caller, request, ready));
        return new Answering(
                        ready.template().request(),
                        plan,
                        request.line().query(),
                        carrying.knowsZone(ready.template().request()),
                        now.config().transactionEnd().mayBeOverridden())
                .answer(outcome);
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
        return Refused.answer(problem);
    }

    private static Problem worded(Problem problem) {
        return problem instanceof BodyTooLarge(long limit)
                ? new RestProblem.BodyOverLimit(limit)
                : problem;
    }
}

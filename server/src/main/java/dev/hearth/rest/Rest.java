package dev.hearth.rest;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Answering;
import dev.hearth.rest.answer.Refused;
import dev.hearth.rest.outcome.Outcome;
import dev.hearth.rest.outcome.Transactions;
import dev.hearth.rest.plan.Plan;
import dev.hearth.token.Caller;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The door of the data API: `/rest/v1`. Safe for any thread; handlers block for the database.
public final class Rest {

    private static final String ADDRESSES = "/rest/v1/*";

    private final long bodyLimit;
    private final Function<Credential, Caller> callers;
    private final Supplier<Optional<Serving>> serving;
    private final Transactions transactions;
    private final Observer observer;

    Rest(
            long bodyLimit,
            Function<Credential, Caller> callers,
            Supplier<Optional<Serving>> serving,
            Transactions transactions,
            Observer observer) {
        this.bodyLimit = bodyLimit;
        this.callers = callers;
        this.serving = serving;
        this.transactions = transactions;
        this.observer = observer;
    }

    /// What this room answers. Every refusal is answered in upstream's shape.
    public List<Route> routes() {
        return List.of(
                new Route(
                        Optional.empty(),
                        ADDRESSES,
                        Route.Access.KEY,
                        bodyLimit,
                        this::refused,
                        this::answer));
    }

    private Answer answer(Request request) throws IOException {
        Caller caller = callers.apply(request.credential());
        Serving now = serving.get().orElseThrow(() -> new Refusal(new RestProblem.NoCatalog()));
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

package dev.hearth.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.HttpConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import io.javalin.http.Context;
import io.javalin.router.EndpointNotFound;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What happens to each request: id and CORS headers, preflight, key gate, handler, and a failure
/// made into an answer. Immutable; called on the thread of each request.
final class Dispatch {

    /// Path and query, as upstream's gateways allow; more is refused with 414.
    static final int MOST_URL_BYTES = 64 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyGate gate;
    private final ClientAddress addresses;
    private final List<Route> ofEveryMethod;
    private final Observer observer;

    Dispatch(HttpConfig config, ProjectKeys keys, List<Route> routes, Observer observer) {
        gate = new KeyGate(keys, config.requireKey());
        addresses = new ClientAddress(config.trustedProxies());
        ofEveryMethod =
                routes.stream()
                        .filter(route -> route.method().isEmpty())
                        .sorted(
                                Comparator.comparing((Route route) -> route.path().length())
                                        .reversed())
                        .toList();
        this.observer = observer;
    }

    /// Comes before the router, which knows the usual methods only.
    void before(Context context) {
        prepare(context);
        if (isTooLong(context)) {
            refuse(context, new GateProblem.UrlTooLong());
            context.skipRemainingHandlers();
            return;
        }
        boolean options = context.req().getMethod().equals("OPTIONS");
        if (options && isPreflight(context)) {
            agree(context);
            return;
        }
        Optional<Route> route =
                ofEveryMethod.stream().filter(each -> each.covers(context.path())).findFirst();
        if (route.isPresent()) {
            answer(context, route.get());
            context.skipRemainingHandlers();
        }
    }

    private static void prepare(Context context) {
        // The router's default; an answer says itself what it is.
        context.res().setContentType(null);
        Cors.always().forEach(context::header);
        context.header(RequestId.HEADER, RequestId.of(context));
    }

    private static boolean isTooLong(Context context) {
        @Nullable String query = context.queryString();
        return context.path().length() + (query == null ? 0 : query.length() + 1) > MOST_URL_BYTES;
    }

    private static boolean isPreflight(Context context) {
        return context.header("Origin") != null
                && context.header("Access-Control-Request-Method") != null;
    }

    private static void agree(Context context) {
        Cors.preflight(Optional.ofNullable(context.header("Access-Control-Request-Headers")))
                .forEach(context::header);
        context.status(204).skipRemainingHandlers();
    }

    /// Answers whatever happens.
    void answer(Context context, Route route) {
        try {
            Request request = admitted(context, route);
            send(context, route, request, route.answer(request));
        } catch (Exception e) {
            fail(e, context);
        }
    }

    private Request admitted(Context context, Route route) {
        Optional<String> apikey =
                Optional.ofNullable(context.header("apikey"))
                        .or(() -> Optional.ofNullable(context.queryParam("apikey")))
                        .filter(key -> !key.isBlank());
        Credential credential =
                gate.admit(
                        route.access(),
                        apikey,
                        Optional.ofNullable(context.header("Authorization")));
        return RequestReader.read(context, route, credential, addresses);
    }

    /// A body that fails before anything has left is a failure like any other.
    private static void send(Context context, Route route, Request request, Answer answer)
            throws Exception {
        try {
            AnswerWriter.write(context, answer);
        } catch (Exception e) {
            if (context.res().isCommitted()) {
                throw e;
            }
            startAnew(context);
            AnswerWriter.write(context, route.errors().answer(request, reason(e)));
        }
    }

    /// A body may throw nothing but an [IOException], and wraps what it has to say.
    private static Exception reason(Exception failure) {
        return failure.getCause() instanceof Refusal refusal ? refusal : failure;
    }

    private static void startAnew(Context context) {
        context.res().reset();
        prepare(context);
    }

    /// Answers a failure, unless the client has gone or an answer is already under way.
    void fail(Exception failure, Context context) {
        switch (failure) {
            case EndpointNotFound _ -> notFound(context);
            case Refusal refusal when !context.res().isCommitted() ->
                    refuse(context, refusal.problem());
            case IOException e when e.getCause() instanceof Refusal refusal ->
                    observer.tell(
                            new GatewayEvent.Cut(
                                    RequestId.of(context),
                                    context.path(),
                                    refusal.problem().code()));
            // The client went away; there is nobody to answer.
            case IOException _ -> context.status(499);
            default -> {
                observer.tell(
                        GatewayEvent.Faulted.of(RequestId.of(context), context.path(), failure));
                if (!context.res().isCommitted()) {
                    refuse(context, new GateProblem.Fault());
                }
            }
        }
    }

    /// An `OPTIONS` that no route wants is welcome everywhere.
    private static void notFound(Context context) {
        if (context.req().getMethod().equals("OPTIONS")) {
            agree(context);
        } else {
            refuse(context, new GateProblem.NoRoute());
        }
    }

    private static void refuse(Context context, Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        body.put("message", problem.message());
        problem.hint().ifPresent(hint -> body.put("hint", hint));
        byte[] json = body.toString().getBytes(StandardCharsets.UTF_8);
        try {
            startAnew(context);
            AnswerWriter.write(context, Answer.json(problem.status(), json));
        } catch (IOException _) {
            context.status(499);
        }
    }
}

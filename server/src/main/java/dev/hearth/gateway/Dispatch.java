package dev.hearth.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.HttpConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What happens to each request: id and CORS headers, length of the address, preflight, key gate,
/// handler, and a failure made into an answer. Immutable; called on the thread of each request.
final class Dispatch extends Handler.Abstract {

    /// Path and query, as upstream's gateways allow; more is refused with 414.
    static final int MOST_URL_BYTES = 64 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPTIONS = "OPTIONS";
    private static final String KEY = "apikey";

    private final KeyGate gate;
    private final ClientAddress addresses;
    private final Routes routes;
    private final Duration patience;
    private final Observer observer;

    Dispatch(HttpConfig config, ProjectKeys keys, List<Route> routes, Observer observer) {
        gate = new KeyGate(keys, config.requireKey());
        addresses = new ClientAddress(config.trustedProxies());
        this.routes = new Routes(routes);
        patience = config.idle();
        this.observer = observer;
    }

    /// Answers whatever happens.
    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        var call = Call.of(request, response, callback);
        call.prepare();
        try {
            answer(call);
        } catch (Throwable e) {
            fail(e, call);
        }
        return true;
    }

    private void answer(Call call) throws Exception {
        if (isTooLong(call)) {
            throw new Refusal(new GateProblem.UrlTooLong());
        }
        if (isPreflight(call)) {
            agree(call);
            return;
        }
        Optional<Routes.Found> found = routes.find(call.method(), call.path());
        if (found.isPresent()) {
            answer(call, found.get());
        } else if (call.method().equals(OPTIONS)) {
            // One that no route wants is welcome everywhere.
            agree(call);
        } else {
            throw new Refusal(new GateProblem.NoRoute());
        }
    }

    private static boolean isTooLong(Call call) {
        int query = call.query().length();
        return call.path().length() + (query == 0 ? 0 : query + 1) > MOST_URL_BYTES;
    }

    private static boolean isPreflight(Call call) {
        return call.method().equals(OPTIONS)
                && call.headers().first("origin").isPresent()
                && call.headers().first("access-control-request-method").isPresent();
    }

    private static void agree(Call call) {
        Cors.preflight(call.headers().first("access-control-request-headers"))
                .forEach(call.response().getHeaders()::put);
        call.response().setStatus(204);
        call.callback().succeeded();
    }

    private void answer(Call call, Routes.Found found) throws Exception {
        Route route = found.route();
        Request request =
                RequestReader.read(call, found, admitted(call, route), addresses, patience);
        Answer answer = route.answer(request);
        try {
            AnswerWriter.write(call, answer);
        } catch (Exception e) {
            if (call.response().isCommitted()) {
                throw e;
            }
            // A body that fails before anything has left is a failure like any other.
            call.startAnew();
            AnswerWriter.write(call, route.errors().answer(request, reason(e)));
        }
    }

    private Credential admitted(Call call, Route route) {
        Optional<String> apikey =
                call.headers().first(KEY).or(() -> keyOfQuery(call)).filter(key -> !key.isBlank());
        return gate.admit(route.access(), apikey, call.headers().first("authorization"));
    }

    private static Optional<String> keyOfQuery(Call call) {
        return RequestLine.parameters(call.query()).stream()
                .filter(parameter -> parameter.name().equals(KEY))
                .map(RequestLine.Parameter::value)
                .findFirst();
    }

    /// A body may throw nothing but an [IOException], and wraps what it has to say.
    private static Exception reason(Exception failure) {
        return failure.getCause() instanceof Refusal refusal ? refusal : failure;
    }

    /// Answers a failure, unless the client has gone or an answer is already under way: then the
    /// connection is cut, so that the client sees a broken answer.
    private void fail(Throwable failure, Call call) {
        boolean committed = call.response().isCommitted();
        switch (failure) {
            case Refusal refusal when !committed -> refuse(call, refusal.problem());
            case IOException e when e.getCause() instanceof Refusal refusal -> {
                observer.tell(
                        new GatewayEvent.Cut(call.id(), call.path(), refusal.problem().code()));
                call.callback().failed(e);
            }
            // The client went away or broke the protocol: the web server has its own words.
            case IOException e -> call.callback().failed(e);
            case RuntimeException e when e instanceof HttpException -> call.callback().failed(e);
            default -> {
                observer.tell(GatewayEvent.Faulted.of(call.id(), call.path(), failure));
                if (committed) {
                    call.callback().failed(failure);
                } else {
                    refuse(call, new GateProblem.Fault());
                }
            }
        }
    }

    private static void refuse(Call call, Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        body.put("message", problem.message());
        problem.hint().ifPresent(hint -> body.put("hint", hint));
        byte[] json = body.toString().getBytes(StandardCharsets.UTF_8);
        call.startAnew();
        AnswerWriter.write(
                call, Answer.json(problem.status(), json).fields(), problem.status(), json);
    }
}

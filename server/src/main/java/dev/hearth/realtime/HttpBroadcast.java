package dev.hearth.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.config.RealtimeConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.realtime.channel.Callers;
import dev.hearth.realtime.channel.Hub;
import dev.hearth.realtime.wire.Json;
import dev.hearth.realtime.wire.ServerMessage;
import dev.hearth.realtime.wire.UserMessage;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Broadcasts over HTTP: a batch, and a single one (realtime.md 7.2 and 7.3). Mirrors
/// supabase/realtime `lib/realtime/tenants/batch_broadcast.ex` and `single_broadcast.ex`.
final class HttpBroadcast {

    /// As much as upstream's parser reads of a body.
    private static final long BODY_LIMIT = 8_000_000;

    private static final Answer UNAUTHORIZED =
            HttpStatus.json(401, "{\"message\":\"Unauthorized\"}");

    private final RealtimeConfig config;
    private final Hub hub;
    private final Callers callers;
    private final AddressRates rates;

    HttpBroadcast(RealtimeConfig config, Hub hub, Callers callers) {
        this.config = config;
        this.hub = hub;
        this.callers = callers;
        this.rates = new AddressRates(config.maxEventsPerSecond());
    }

    /// @param prefix of the service's own `/api`
    Stream<Route> routes(String prefix) {
        return Stream.of(
                keyed(prefix + "/broadcast", this::batch),
                keyed(prefix + "/broadcast/{topic}/events/{event}", this::single));
    }

    private static Route keyed(String path, Route.Handler handler) {
        return new Route(Method.POST, path, Route.Access.KEY, BODY_LIMIT, handler);
    }

    private Answer batch(Request request) throws IOException {
        if (!isKnown(request)) {
            return UNAUTHORIZED;
        }
        Optional<JsonNode> body = Json.tree(request.body().bytes());
        if (body.isEmpty()) {
            return HttpStatus.json(400, "{\"message\":\"The body is not valid JSON\"}");
        }
        return switch (Batch.parse(body.get(), config.maxPayloadBytes())) {
            case Batch.Invalid(var errors) -> HttpStatus.json(422, errors);
            case Batch.Valid(var messages) -> {
                AddressRates.Taken taken = rates.take(request.client(), messages.size());
                if (taken.accepted()) {
                    messages.stream()
                            .filter(message -> !message.isPrivate())
                            .forEach(
                                    message ->
                                            hub.publish(
                                                    "realtime:" + message.topic(),
                                                    message.frame()));
                }
                yield answer(
                        taken,
                        messages.size() == 1
                                ? "You have exceeded your rate limit"
                                : "Too many messages to broadcast, please reduce the batch size");
            }
        };
    }

    private Answer single(Request request) throws IOException {
        if (!isKnown(request)) {
            return UNAUTHORIZED;
        }
        Optional<Encoding> encoding = encoding(request);
        if (encoding.isEmpty()) {
            return HttpStatus.json(
                    415,
                    "{\"error\":\"Unsupported Media Type. Use application/json or"
                            + " application/octet-stream\"}");
        }
        byte[] body = request.body().bytes();
        if (encoding.get() == Encoding.JSON && !Json.isValue(body)) {
            return HttpStatus.json(400, "{\"message\":\"The body is not valid JSON\"}");
        }
        if (body.length > config.maxPayloadBytes()) {
            return HttpStatus.json(
                    422, "{\"errors\":{\"payload\":[\"Payload size exceeds tenant limit\"]}}");
        }
        if (request.parameter("private").filter(value -> value.equals("true")).isPresent()) {
            return HttpStatus.json(403, "{\"message\":\"Unauthorized\"}");
        }
        String topic = request.pathParameters().getOrDefault("topic", "");
        String event = request.pathParameters().getOrDefault("event", "");
        AddressRates.Taken taken = rates.take(request.client(), 1);
        if (taken.accepted()) {
            String name = "realtime:" + topic;
            hub.publish(
                    name,
                    new ServerMessage.UserBroadcast(
                            name, new UserMessage(event, encoding.get(), new Bytes(body))));
        }
        return answer(taken, "You have exceeded your rate limit");
    }

    private static Answer answer(AddressRates.Taken taken, String excess) {
        Answer answer =
                taken.accepted()
                        ? Answer.empty(202)
                        : HttpStatus.json(429, "{\"message\":" + Json.quote(excess) + "}");
        return answer.with("x-rate-rolling", Integer.toString(taken.average()))
                .with("x-rate-limit", Integer.toString(taken.limit()))
                .with(
                        "x-rate-limit-remaining",
                        Integer.toString(Math.max(0, taken.limit() - taken.average())));
    }

    private boolean isKnown(Request request) {
        return switch (request.credential()) {
            case Credential.ProjectKey _ -> true;
            case Credential.Bearer(var token) -> callers.ofBearer(token).isPresent();
            case Credential.None _ -> false;
        };
    }

    private static Optional<Encoding> encoding(Request request) {
        String type = request.headers().first("content-type").orElse("");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (media) {
            case "application/json" -> Optional.of(Encoding.JSON);
            case "application/octet-stream" -> Optional.of(Encoding.RAW);
            default -> Optional.empty();
        };
    }
}

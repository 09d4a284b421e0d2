package dev.hearth.rest.request;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Action.Call;
import dev.hearth.rest.request.Action.Change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A request to the data API, understood; its body is a [Payload] of its own.
///
/// @param schema the one that was asked for, or the default
/// @param profiled whether the answer names the schema
/// @param windows the wanted rows by the path of the embed, with what a `Range` header says of the
///   root, the empty path
/// @param accepted media types of the answer, the most wanted first
/// @param contentType of the body
public record RestRequest(
        Action action,
        String schema,
        boolean profiled,
        QueryParameters parameters,
        Map<List<String>, Window> windows,
        Preferences preferences,
        List<MediaType> accepted,
        MediaType contentType) {

    private static final List<String> ROOT = List.of();

    /// Copies the collections.
    public RestRequest {
        windows = Map.copyOf(windows);
        accepted = List.copyOf(accepted);
    }

    /// Understands a request. The order in which it may be refused is upstream's.
    ///
    /// @throws Refusal with a [RequestProblem]
    public static RestRequest of(RequestLine line, Headers headers, RequestRules rules) {
        String method = line.methodName();
        Target target = Target.of(line.segments(), rules);
        Optional<String> profile = headers.first(profileHeader(method));
        String schema = schema(profile, rules);
        Action action = target.action(method);
        QueryParameters parameters = parameters(action, QueryString.of(line.query()));
        return new RestRequest(
                action,
                schema,
                profile.isPresent() || rules.schemas().size() > 1,
                parameters,
                windows(method, parameters, headers.first("Range")),
                Preferences.of(headers.all("Prefer")),
                MediaTypes.accepted(joined(headers.all("Accept"))),
                headers.first("Content-Type").map(MediaTypes::of).orElse(MediaType.Known.JSON));
    }

    /// The wanted rows of the root.
    public Window window() {
        return windows.getOrDefault(ROOT, Window.ALL);
    }

    /// Whether the body is read.
    public boolean takesBody() {
        return switch (action) {
            case Change change -> change.kind() != Change.Kind.DELETE;
            case Call call -> call.how() == Call.How.POST;
            default -> false;
        };
    }

    /// The columns of the body, where the request names them and its body may have any.
    Optional<List<String>> columns() {
        return switch (action) {
            case Change change when change.kind() != Change.Kind.UPSERT -> parameters.columns();
            case Call _ -> parameters.columns();
            default -> Optional.empty();
        };
    }

    private static String profileHeader(String method) {
        return switch (method) {
            case "POST", "PATCH", "PUT", "DELETE" -> "Content-Profile";
            default -> "Accept-Profile";
        };
    }

    private static String schema(Optional<String> profile, RequestRules rules) {
        String schema = profile.orElse(rules.schemas().getFirst());
        if (!rules.schemas().contains(schema)) {
            throw new Refusal(new RequestProblem.UnknownSchema(schema, rules.schemas()));
        }
        return schema;
    }

    private static QueryParameters parameters(Action action, QueryString query) {
        return switch (action) {
            case Call call when call.how() != Call.How.POST -> QueryParameters.ofCall(query);
            case Action.FunctionOptions _ -> QueryParameters.ofCall(query);
            default -> QueryParameters.of(query);
        };
    }

    private static Map<List<String>, Window> windows(
            String method, QueryParameters parameters, Optional<String> range) {
        Window header =
                range.filter(_ -> method.equals("GET")).map(Window::ofHeader).orElse(Window.ALL);
        Window parameter = parameters.windows().getOrDefault(ROOT, Window.ALL);
        Window root = parameter.isEmpty() ? parameter : header.within(parameter);
        if (!header.isValid()) {
            throw new Refusal(new RequestProblem.RangeReversed());
        }
        var windows = new HashMap<>(parameters.windows());
        windows.put(ROOT, root);
        if (!windows.values().stream().allMatch(Window::isValid)) {
            throw new Refusal(new RequestProblem.NegativeLimit());
        }
        if (method.equals("PUT") && !root.equals(Window.ALL)) {
            throw new Refusal(new RequestProblem.LimitOnUpsert());
        }
        return windows;
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().collect(Collectors.joining(",")));
    }
}

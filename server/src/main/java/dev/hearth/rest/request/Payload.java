package dev.hearth.rest.request;

import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Action.Call;
import dev.hearth.rest.request.MediaType.Known;
import dev.hearth.rest.request.QueryParameters.Argument;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The body of a request (rest.md 9).
///
/// @param shape what a statement for it depends on
/// @param content what goes to the database: JSON, or the bytes as they were sent
/// @param fields of a form, for a function; the fields of a form for a relation are JSON
public record Payload(Shape shape, Bytes content, List<Argument> fields) {

    /// Copies the list.
    public Payload {
        fields = List.copyOf(fields);
    }

    /// No body, or one that nobody reads.
    public static final Payload NONE =
            new Payload(new Shape(Kind.NONE, false, List.of()), Bytes.EMPTY, List.of());

    /// What a body is made of.
    public enum Kind {
        /// Nothing.
        NONE,
        /// JSON, possibly made of another format.
        JSON,
        /// Fields of a form.
        FORM,
        /// Something that only the function knows.
        RAW
    }

    /// Everything about a body but its values.
    ///
    /// @param object whether it is one JSON object
    /// @param keys of its objects or fields, sorted, each once
    public record Shape(Kind kind, boolean object, List<String> keys) {
        /// Copies the list.
        public Shape {
            keys = List.copyOf(keys);
        }
    }

    /// Reads the body of a request that takes one.
    ///
    /// @throws Refusal with [RequestProblem.UnusableBody]
    public static Payload of(RestRequest request, Bytes body) {
        if (!request.takesBody()) {
            return NONE;
        }
        boolean call = request.action() instanceof Call;
        return switch (request.contentType()) {
            case Known.JSON -> json(body, request.columns(), call);
            case Known.CSV -> json(JsonBody.read(CsvBody.json(body)));
            case Known.FORM -> call ? form(body) : json(JsonBody.ofFields(fields(body)));
            case Known.PLAIN_TEXT, Known.XML, Known.OCTET_STREAM -> {
                if (!call) {
                    throw unacceptable(request.contentType());
                }
                yield new Payload(new Shape(Kind.RAW, false, List.of()), body, List.of());
            }
            default -> throw unacceptable(request.contentType());
        };
    }

    private static Refusal unacceptable(MediaType type) {
        return new Refusal(
                new RequestProblem.UnusableBody("Content-Type not acceptable: " + type.text()));
    }

    /// Where the request names the columns, what is in the body is left to the database.
    private static Payload json(Bytes body, Optional<List<String>> columns, boolean call) {
        if (columns.isPresent()) {
            JsonBody.requireShallow(body);
            boolean object = JsonBody.looksLikeObject(body);
            return new Payload(
                    new Shape(Kind.JSON, object, sorted(columns.get())), body, List.of());
        }
        return json(call && body.length() == 0 ? JsonBody.EMPTY_OBJECT : JsonBody.read(body));
    }

    private static Payload json(JsonBody body) {
        return new Payload(
                new Shape(Kind.JSON, body.object(), sorted(body.keys())),
                body.content(),
                List.of());
    }

    private static Payload form(Bytes body) {
        List<Argument> fields = fields(body);
        return new Payload(
                new Shape(Kind.FORM, false, sorted(fields.stream().map(Argument::name).toList())),
                Bytes.EMPTY,
                fields);
    }

    private static List<Argument> fields(Bytes body) {
        return QueryString.of(new String(body.array(), StandardCharsets.UTF_8)).pairs().stream()
                .map(pair -> new Argument(pair.name(), pair.value().orElse("")))
                .toList();
    }

    private static List<String> sorted(Collection<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}

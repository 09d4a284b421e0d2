package dev.hearth.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Planner;
import dev.hearth.rest.request.Asked;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.RequestRules;
import dev.hearth.rest.request.RestRequest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Understands and plans requests, each kind once: a repeated one is neither read nor planned
/// again. Belongs to one snapshot of the catalog and is thrown away with it. Safe for any thread.
final class Templates {

    /// The most kinds of requests that are remembered.
    static final int MAXIMUM = 10_000;

    /// The longest request that is remembered, in characters of its key.
    static final int LONGEST = 8_192;

    /// A request with its body, ready to be carried out.
    ///
    /// @param template what is to be done
    /// @param values for its marks
    /// @param payload the body
    record Ready(Template template, List<String> values, Payload payload) {}

    /// Reads the body of a request, where it is wanted.
    @FunctionalInterface
    interface BodySource {
        /// @throws IOException when the client goes away
        byte[] read() throws IOException;
    }

    private record Kind(String key, Payload.Shape shape) {}

    private final Planner planner;
    private final RequestRules rules;
    private final Carrying carrying;
    private final Cache<String, RestRequest> requests = cache();
    private final Cache<Kind, Template> templates = cache();

    Templates(Planner planner, RequestRules rules, Carrying carrying) {
        this.planner = planner;
        this.rules = rules;
        this.carrying = carrying;
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder().maximumSize(MAXIMUM).executor(Runnable::run).build();
    }

    /// @param timing is told when the request is understood; what comes after is the plan
    /// @throws Refusal when the request cannot be understood or planned
    /// @throws IOException when the client goes away while its body is read
    Ready ready(RequestLine line, Headers headers, BodySource body, Timing timing)
            throws IOException {
        Asked asked;
        try {
            asked = Asked.of(line, headers);
        } catch (Refusal _) {
            return plain(line, headers, body);
        }
        timing.ended(Timing.Stage.PARSE);
        Template known = templates.getIfPresent(new Kind(asked.key(), Payload.NONE.shape()));
        if (known != null) {
            return new Ready(known, asked.values(), Payload.NONE);
        }
        RestRequest request;
        try {
            request = understood(asked, headers);
        } catch (Refusal _) {
            return plain(line, headers, body);
        }
        Payload payload = payload(request, body);
        timing.ended(Timing.Stage.PARSE);
        return payload.shape().kind() == Payload.Kind.FORM
                ? plain(line, headers, payload)
                : ready(asked, request, line, headers, payload);
    }

    private Ready ready(
            Asked asked, RestRequest request, RequestLine line, Headers headers, Payload payload) {
        var kind = new Kind(asked.key(), payload.shape());
        Template template = templates.getIfPresent(kind);
        if (template != null) {
            return new Ready(template, asked.values(), payload);
        }
        Plan plan;
        try {
            plan = planner.plan(request, payload);
        } catch (Refusal _) {
            return plain(line, headers, payload);
        }
        Optional<Statements> statements = statements(plan);
        if (!asked.values().isEmpty()) {
            statements = statements.map(Statements::placed);
            if (statements.filter(Statements::holdMarks).isPresent()) {
                return plain(line, headers, payload);
            }
        }
        template = template(line, request, plan, statements);
        if (asked.key().length() <= LONGEST) {
            templates.put(kind, template);
        }
        return new Ready(template, asked.values(), payload);
    }

    private Optional<Statements> statements(Plan plan) {
        return plan instanceof Plan.Statement statement
                ? Optional.of(Statements.of(statement, carrying.config().answerLimit()))
                : Optional.empty();
    }

    private Template template(
            RequestLine line, RestRequest request, Plan plan, Optional<Statements> statements) {
        return new Template(
                request,
                plan,
                statements.map(each -> carrying.work(line, request, (Plan.Statement) plan, each)));
    }

    private RestRequest understood(Asked asked, Headers headers) {
        RestRequest known = requests.getIfPresent(asked.key());
        if (known != null) {
            return known;
        }
        RestRequest request = RestRequest.of(asked.line(), headers, rules);
        if (request.takesBody() && asked.key().length() <= LONGEST) {
            requests.put(asked.key(), request);
        }
        return request;
    }

    private static Payload payload(RestRequest request, BodySource body) throws IOException {
        return request.takesBody() ? Payload.of(request, new Bytes(body.read())) : Payload.NONE;
    }

    /// A refusal is told in the words of what was sent, without marks.
    private Ready plain(RequestLine line, Headers headers, BodySource body) throws IOException {
        return plain(line, headers, payload(RestRequest.of(line, headers, rules), body));
    }

    /// Without marks: the values themselves are in the statement's parameters.
    private Ready plain(RequestLine line, Headers headers, Payload payload) {
        RestRequest request = RestRequest.of(line, headers, rules);
        Plan plan = planner.plan(request, payload);
        return new Ready(template(line, request, plan, statements(plan)), List.of(), payload);
    }
}

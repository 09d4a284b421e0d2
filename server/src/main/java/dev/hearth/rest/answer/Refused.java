package dev.hearth.rest.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Problem;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.plan.PlanProblem.AmbiguousRelationship;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the answer of a problem: always the same four members, null where there is nothing to say
/// (rest.md 15).
public final class Refused {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Refused() {}

    /// The whole answer.
    public static Answer answer(Problem problem) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Content-Type", "application/json; charset=utf-8"));
        fields.add(new Field("Proxy-Status", "PostgREST; error=" + problem.code()));
        problem.headers().forEach((name, value) -> fields.add(new Field(name, value)));
        return new Answer(problem.status(), fields, body(problem));
    }

    /// The whole answer for one of several operations.
    ///
    /// @param index of the operation, from 0: one more member, `index`; where it is not known,
    ///   because the refusal came when all of them were to be kept, the member is `"at": "commit"`
    public static Answer answer(Problem problem, OptionalInt index) {
        Answer whole = answer(problem);
        ObjectNode body = object(problem);
        index.ifPresentOrElse(place -> body.put("index", place), () -> body.put("at", "commit"));
        return new Answer(whole.status(), whole.fields(), bytes(body));
    }

    static Bytes body(Problem problem) {
        return bytes(object(problem));
    }

    private static Bytes bytes(ObjectNode body) {
        return new Bytes(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode object(Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        body.put("code", problem.code());
        if (problem instanceof AmbiguousRelationship ambiguous) {
            body.set("details", candidates(ambiguous));
        } else {
            body.put("details", problem.details().orElse(null));
        }
        body.put("hint", problem.hint().orElse(null));
        body.put("message", problem.message());
        return body;
    }

    private static ArrayNode candidates(AmbiguousRelationship ambiguous) {
        ArrayNode candidates = JSON.createArrayNode();
        ambiguous.candidates().forEach(each -> candidates.add(candidate(each)));
        return candidates;
    }

    private static ObjectNode candidate(Relationship relationship) {
        String origin = relationship.origin().name();
        String target = relationship.target().name();
        ObjectNode candidate = JSON.createObjectNode();
        switch (relationship) {
            case Relationship.ForeignKey key -> {
                candidate.put("cardinality", key.cardinality().text());
                candidate.put("embedding", origin + " with " + target);
                candidate.put(
                        "relationship",
                        "%s using %s%s and %s%s"
                                .formatted(
                                        key.constraint(),
                                        origin,
                                        columns(key.columns(), Pair::origin),
                                        target,
                                        columns(key.columns(), Pair::other)));
            }
            case Relationship.ManyToMany many -> {
                candidate.put("cardinality", "many-to-many");
                candidate.put("embedding", origin + " with " + target);
                candidate.put(
                        "relationship",
                        "%s using %s%s and %s%s"
                                .formatted(
                                        many.junction().name(),
                                        many.originConstraint(),
                                        columns(many.originColumns(), Pair::other),
                                        many.targetConstraint(),
                                        columns(many.targetColumns(), Pair::other)));
            }
            case Relationship.Computed _ -> {}
        }
        return candidate;
    }

    private static String columns(List<Pair> pairs, Function<Pair, String> side) {
        return pairs.stream().map(side).collect(Collectors.joining(", ", "(", ")"));
    }
}

package dev.hearth.rest.caller;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.config.ClaimPath;
import dev.hearth.config.ClaimPath.Element;
import dev.hearth.config.ClaimPath.Match;
import dev.hearth.config.ClaimPath.Member;
import dev.hearth.config.ClaimPath.Step;

import java.util.Optional;

/// Finds the role among the claims of a token.
final class Role {

    private Role() {}

    /// What stands at the end of the path: a text, or the JSON of anything else; empty where the
    /// path leads nowhere.
    static Optional<String> at(ClaimPath path, JsonNode claims) {
        Optional<JsonNode> at = Optional.of(claims);
        for (Step step : path.steps()) {
            at = at.flatMap(node -> below(node, step));
        }
        return at.map(node -> node.isTextual() ? node.textValue() : node.toString());
    }

    private static Optional<JsonNode> below(JsonNode node, Step step) {
        return switch (step) {
            case Member(var name) ->
                    node.isObject() ? Optional.ofNullable(node.get(name)) : Optional.empty();
            case Element(var index) ->
                    node.isArray() ? Optional.ofNullable(node.get(index)) : Optional.empty();
            case Match match ->
                    node.isArray()
                            ? node.valueStream()
                                    .filter(JsonNode::isTextual)
                                    .filter(text -> match.fits(text.textValue()))
                                    .findFirst()
                            : Optional.empty();
        };
    }
}

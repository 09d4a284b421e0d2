package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.request.JsonStep;
import dev.hearth.rest.request.JsonStep.Element;
import dev.hearth.rest.request.JsonStep.Member;

import java.util.List;
import java.util.Optional;

/// Fields with steps into JSON.
final class Steps {
    private Steps() {}

    static JsonStep json(String name) {
        return new JsonStep(new Member(name), false);
    }

    static JsonStep text(String name) {
        return new JsonStep(new Member(name), true);
    }

    static JsonStep at(String digits) {
        return new JsonStep(new Element(digits), false);
    }

    static Reference field(String column, boolean toJson, JsonStep... path) {
        return new Reference(
                Optional.empty(),
                column,
                List.of(path),
                toJson,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}

package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.MediaType.Known;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds the function that takes the arguments of a request, among those of a name (rest.md 11).
record RoutineSearch(Catalog catalog) {

    /// Types of a single parameter without a name, by what is sent as the body.
    private static final Map<MediaType, Set<String>> WHOLE_BODY =
            Map.of(
                    Known.JSON, Set.of("json", "jsonb"),
                    Known.PLAIN_TEXT, Set.of("text"),
                    Known.XML, Set.of("xml"),
                    Known.OCTET_STREAM, Set.of("bytea"));

    /// @param arguments names
    /// @throws Refusal with [PlanProblem.UnknownFunction] or [PlanProblem.AmbiguousFunction]
    Routine byArguments(QualifiedName name, Set<String> arguments) {
        return find(name, arguments, Optional.empty());
    }

    /// @param arguments names of what is in the body
    /// @throws Refusal with [PlanProblem.UnknownFunction] or [PlanProblem.AmbiguousFunction]
    Routine byBody(QualifiedName name, Set<String> arguments, MediaType body) {
        return find(name, arguments, Optional.of(body));
    }

    private Routine find(QualifiedName name, Set<String> arguments, Optional<MediaType> body) {
        List<Routine> all = catalog.routines(name);
        List<Routine> named =
                all.stream().filter(each -> takes(each, arguments, isRaw(body))).toList();
        List<Routine> found =
                named.isEmpty()
                        ? all.stream()
                                .filter(each -> body.isPresent() && takesWhole(each, body.get()))
                                .toList()
                        : named;
        return switch (found.size()) {
            case 0 -> throw unknown(name, arguments, body);
            case 1 -> found.getFirst();
            default -> throw new Refusal(new PlanProblem.AmbiguousFunction(found));
        };
    }

    private static boolean takes(Routine routine, Set<String> arguments, boolean raw) {
        if (routine.parameters().isEmpty()) {
            return arguments.isEmpty() && !raw;
        }
        var rest = new HashSet<>(arguments);
        rest.removeAll(names(routine, false));
        return rest.equals(names(routine, true));
    }

    private static Set<String> names(Routine routine, boolean required) {
        return routine.parameters().stream()
                .filter(parameter -> parameter.required() == required)
                .map(Parameter::name)
                .collect(Collectors.toSet());
    }

    private static boolean takesWhole(Routine routine, MediaType body) {
        return routine.parameters().size() == 1
                && routine.parameters().getFirst().name().isEmpty()
                && WHOLE_BODY
                        .getOrDefault(body, Set.of())
                        .contains(routine.parameters().getFirst().type());
    }

    private static boolean isRaw(Optional<MediaType> body) {
        return body.filter(type -> type != Known.JSON && WHOLE_BODY.containsKey(type)).isPresent();
    }

    private Refusal unknown(QualifiedName name, Set<String> arguments, Optional<MediaType> body) {
        List<String> names = List.copyOf(new TreeSet<>(arguments));
        boolean raw = isRaw(body);
        return new Refusal(
                new PlanProblem.UnknownFunction(
                        name,
                        names,
                        searched(names, body),
                        !raw,
                        raw ? Optional.empty() : suggestion(name, names)));
    }

    private Optional<String> suggestion(QualifiedName name, List<String> arguments) {
        Optional<String> likely =
                catalog.routines(name).isEmpty()
                        ? catalog.hints().routine(name.schema(), name.name())
                        : catalog.hints()
                                .arguments(name, arguments)
                                .map(list -> name.name() + list);
        return likely.map(
                call ->
                        "Perhaps you meant to call the function %s.%s"
                                .formatted(name.schema(), call));
    }

    private static String searched(List<String> names, Optional<MediaType> body) {
        Set<String> types =
                body.map(type -> WHOLE_BODY.getOrDefault(type, Set.of())).orElse(Set.of());
        if (isRaw(body)) {
            return " with a single unnamed %s parameter".formatted(String.join("/", types));
        }
        String named =
                switch (names.size()) {
                    case 0 -> " without parameters";
                    case 1 -> " with parameter " + names.getFirst();
                    default -> " with parameters " + String.join(", ", names);
                };
        return body.equals(Optional.of(Known.JSON))
                ? named + " or with a single unnamed json/jsonb parameter"
                : named;
    }
}

package dev.hearth.rest.request;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Action.Call;
import dev.hearth.rest.request.Action.Change;
import dev.hearth.rest.request.Action.Describe;
import dev.hearth.rest.request.Action.FunctionOptions;
import dev.hearth.rest.request.Action.Read;
import dev.hearth.rest.request.Action.RelationOptions;
import dev.hearth.rest.request.Action.RootOptions;

import java.util.List;

/// What a path leads to.
sealed interface Target {

    /// The schema itself.
    record Root() implements Target {}

    /// A relation.
    record Relation(String name) implements Target {}

    /// A function.
    record Function(String name) implements Target {}

    /// Reads a path below the prefix of the data API.
    ///
    /// @param segments percent-decoded, none for the root
    /// @throws Refusal with a [RequestProblem] when it leads nowhere
    static Target of(List<String> segments, RequestRules rules) {
        return switch (segments.size()) {
            case 0 -> root(rules);
            case 1 -> new Relation(segments.getFirst());
            case 2 -> {
                if (!segments.getFirst().equals("rpc")) {
                    throw new Refusal(new RequestProblem.UnknownPath());
                }
                yield new Function(segments.getLast());
            }
            default -> throw new Refusal(new RequestProblem.UnknownPath());
        };
    }

    private static Target root(RequestRules rules) {
        if (!rules.describes()) {
            throw new Refusal(new RequestProblem.RootDisabled());
        }
        return rules.rootFunction().<Target>map(Function::new).orElseGet(Root::new);
    }

    /// What a method asks of it.
    ///
    /// @throws Refusal with a [RequestProblem] when it does not take the method
    default Action action(String method) {
        return switch (this) {
            case Function(String name) ->
                    switch (method) {
                        case "GET" -> new Call(name, Call.How.GET);
                        case "HEAD" -> new Call(name, Call.How.HEAD);
                        case "POST" -> new Call(name, Call.How.POST);
                        case "OPTIONS" -> new FunctionOptions(name);
                        default -> throw new Refusal(new RequestProblem.NotForFunctions(method));
                    };
            case Relation(String name) ->
                    switch (method) {
                        case "GET" -> new Read(name, false);
                        case "HEAD" -> new Read(name, true);
                        case "POST" -> new Change(name, Change.Kind.INSERT);
                        case "PATCH" -> new Change(name, Change.Kind.UPDATE);
                        case "PUT" -> new Change(name, Change.Kind.UPSERT);
                        case "DELETE" -> new Change(name, Change.Kind.DELETE);
                        case "OPTIONS" -> new RelationOptions(name);
                        default -> throw new Refusal(new RequestProblem.UnknownMethod(method));
                    };
            case Root() ->
                    switch (method) {
                        case "GET" -> new Describe(false);
                        case "HEAD" -> new Describe(true);
                        case "OPTIONS" -> new RootOptions();
                        default -> throw new Refusal(new RequestProblem.UnknownMethod(method));
                    };
        };
    }
}

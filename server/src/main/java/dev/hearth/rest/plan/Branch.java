package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Condition;
import dev.hearth.rest.request.OrderTerm;
import dev.hearth.rest.request.QueryParameters;
import dev.hearth.rest.request.SelectItem;
import dev.hearth.rest.request.SelectItem.Embed;
import dev.hearth.rest.request.SelectItem.Join;
import dev.hearth.rest.request.SelectItem.Spread;
import dev.hearth.rest.request.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One level of a `select` with everything that the other parameters ask of it: the names are still
/// the request's own.
///
/// @param name of the relation, or of a way to it
/// @param spread whether its fields become those of the level above
/// @param depth 0 for the root
record Branch(
        String name,
        Optional<String> alias,
        Optional<String> hint,
        Optional<Join> join,
        boolean spread,
        int depth,
        List<SelectItem> fields,
        List<Branch> branches,
        List<Condition> conditions,
        List<OrderTerm> order,
        Window window) {

    /// What its level is known by in the other parameters and in the answer.
    String key() {
        return alias.orElse(name);
    }

    /// Whether a path may call it so.
    boolean isCalled(String called) {
        return name.equals(called) || alias.equals(Optional.of(called));
    }

    boolean inner() {
        return join.equals(Optional.of(Join.INNER));
    }

    /// What the parameters ask of the levels of a `select`, by their paths.
    ///
    /// @param filters of the levels, or only of those below the root
    /// @param windows none where the rows are those of a change
    record Asked(
            List<QueryParameters.Placed<Condition>> filters,
            Map<List<String>, List<OrderTerm>> orders,
            Map<List<String>, Window> windows) {

        /// @throws Refusal with [PlanProblem.NotEmbedded] where a path leads nowhere
        void check(Branch root) {
            filters.forEach(filter -> root.at(filter.path()));
            orders.keySet().forEach(root::at);
            windows.keySet().forEach(root::at);
        }
    }

    /// The tree of a `select`.
    ///
    /// @param name of the relation that is asked for
    /// @throws Refusal with [PlanProblem.NotEmbedded] where a parameter is for a level that is not
    ///   selected
    static Branch root(String name, List<SelectItem> select, Asked asked) {
        Branch bare =
                new Branch(
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        0,
                        fields(select),
                        below(select, 1),
                        List.of(),
                        List.of(),
                        Window.ALL);
        asked.check(bare);
        return bare.with(asked);
    }

    /// The branch that a path leads to; where several are called the same, the first.
    private Branch at(List<String> path) {
        Branch branch = this;
        for (String called : path) {
            branch = branch.branches.get(branch.place(called));
        }
        return branch;
    }

    private int place(String called) {
        for (int place = 0; place < branches.size(); place++) {
            if (branches.get(place).isCalled(called)) {
                return place;
            }
        }
        throw new Refusal(new PlanProblem.NotEmbedded(called));
    }

    /// The same with what is asked of it and of what is below.
    private Branch with(Asked asked) {
        List<String> root = List.of();
        var filled = new ArrayList<Branch>();
        for (int place = 0; place < branches.size(); place++) {
            filled.add(branches.get(place).with(below(asked, place)));
        }
        return new Branch(
                name,
                alias,
                hint,
                join,
                spread,
                depth,
                fields,
                filled,
                asked.filters().stream()
                        .filter(filter -> filter.path().isEmpty())
                        .map(QueryParameters.Placed::value)
                        .toList(),
                asked.orders().getOrDefault(root, List.of()),
                asked.windows().getOrDefault(root, Window.ALL));
    }

    /// What of it is asked of the branch at a place, with the paths from there.
    private Asked below(Asked asked, int place) {
        return new Asked(
                asked.filters().stream()
                        .filter(filter -> leads(filter.path(), place))
                        .map(
                                filter ->
                                        new QueryParameters.Placed<>(
                                                rest(filter.path()), filter.value()))
                        .toList(),
                below(asked.orders(), place),
                below(asked.windows(), place));
    }

    private <T> Map<List<String>, T> below(Map<List<String>, T> byPath, int place) {
        var below = new java.util.LinkedHashMap<List<String>, T>();
        byPath.forEach(
                (path, value) -> {
                    if (leads(path, place)) {
                        below.put(rest(path), value);
                    }
                });
        return below;
    }

    private boolean leads(List<String> path, int place) {
        return !path.isEmpty() && place(path.getFirst()) == place;
    }

    private static List<String> rest(List<String> path) {
        return path.subList(1, path.size());
    }

    private static List<SelectItem> fields(List<SelectItem> select) {
        return select.stream()
                .filter(item -> !(item instanceof Embed) && !(item instanceof Spread))
                .toList();
    }

    private static List<Branch> below(List<SelectItem> select, int depth) {
        return select.stream().flatMap(item -> branch(item, depth).stream()).toList();
    }

    private static Optional<Branch> branch(SelectItem item, int depth) {
        return switch (item) {
            case SelectItem.Star _, SelectItem.Column _ -> Optional.empty();
            case Embed(var relation, var alias, var hint, var join, var select) ->
                    Optional.of(bare(relation, alias, hint, join, false, depth, select));
            case Spread(var relation, var hint, var join, var select) ->
                    Optional.of(bare(relation, Optional.empty(), hint, join, true, depth, select));
        };
    }

    private static Branch bare(
            String relation,
            Optional<String> alias,
            Optional<String> hint,
            Optional<Join> join,
            boolean spread,
            int depth,
            List<SelectItem> select) {
        return new Branch(
                relation,
                alias,
                hint,
                join,
                spread,
                depth,
                fields(select),
                below(select, depth + 1),
                List.of(),
                List.of(),
                Window.ALL);
    }
}

package dev.hearth.rest.request;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Condition.Filter;
import dev.hearth.rest.request.FilterGrammar.Asked;
import dev.hearth.rest.request.FilterGrammar.Tree;
import dev.hearth.rest.request.NameGrammar.Addressed;
import dev.hearth.rest.request.QueryString.Pair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What the parameters of a query string ask for (rest.md 4.1).
///
/// @param select what is wanted; everything when nothing was said
/// @param columns the columns of the body, where they were named
/// @param onConflict the columns that tell a conflict
/// @param conditions filters and logic trees, in the order sent
/// @param orders by the path of the embed; the root is the empty path
/// @param windows `limit` and `offset` by the path of the embed
/// @param arguments parameters of a function that is called by GET: what is no filter
/// @param canonical all parameters, sorted and encoded
public record QueryParameters(
        List<SelectItem> select,
        Optional<List<String>> columns,
        Optional<List<String>> onConflict,
        List<Placed<Condition>> conditions,
        Map<List<String>, List<OrderTerm>> orders,
        Map<List<String>, Window> windows,
        List<Argument> arguments,
        String canonical) {

    /// Something that is asked of an embed.
    ///
    /// @param path names of embeds from the root; empty for the root itself
    public record Placed<T>(List<String> path, T value) {
        /// Copies the list.
        public Placed {
            path = List.copyOf(path);
        }
    }

    /// An argument of a function.
    public record Argument(String name, String value) {}

    /// Copies the lists.
    public QueryParameters {
        select = List.copyOf(select);
        columns = columns.map(List::copyOf);
        onConflict = onConflict.map(List::copyOf);
        conditions = List.copyOf(conditions);
        orders = Map.copyOf(orders);
        windows = Map.copyOf(windows);
        arguments = List.copyOf(arguments);
    }

    private static final Set<String> ROOT_ONLY = Set.of("select", "columns", "on_conflict");

    /// Levels of parentheses in one parameter. Each costs a level of the statement.
    static final int MOST_NESTED = 100;

    /// Reads the parameters of a table, or of a function that is called by POST.
    ///
    /// @throws Refusal with a [RequestProblem]
    static QueryParameters of(QueryString query) {
        return new Reading(query, false).read();
    }

    /// Reads the parameters of a function that is called by GET or HEAD: what is no filter is an
    /// argument.
    ///
    /// @throws Refusal with a [RequestProblem]
    static QueryParameters ofCall(QueryString query) {
        return new Reading(query, true).read();
    }

    /// What is collected on the way.
    private static final class Reading {
        private final QueryString query;
        private final boolean call;
        private final List<Placed<Condition>> conditions = new ArrayList<>();
        private final Map<List<String>, List<OrderTerm>> orders = new LinkedHashMap<>();
        private final Map<List<String>, OptionalLong> limits = new LinkedHashMap<>();
        private final Map<List<String>, OptionalLong> offsets = new LinkedHashMap<>();
        private final List<Argument> arguments = new ArrayList<>();

        Reading(QueryString query, boolean call) {
            this.query = query;
            this.call = call;
        }

        QueryParameters read() {
            for (Pair pair : query.pairs()) {
                if (pair.value().isPresent() && !ROOT_ONLY.contains(pair.name())) {
                    sort(pair.name(), pair.value().get());
                }
            }
            return new QueryParameters(
                    select(),
                    names("columns", "columns parameter"),
                    names("on_conflict", "on_conflict parameter"),
                    conditions,
                    orders,
                    windows(),
                    arguments,
                    query.canonical());
        }

        private void sort(String name, String value) {
            switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "order" ->
                        orders.putIfAbsent(path(name), OrderGrammar.TERMS.read("order", value));
                case "limit" -> limits.put(path(name), Window.parameter(value));
                case "offset" -> offsets.put(path(name), Window.parameter(value));
                case "and", "or" -> tree(name, value);
                default -> filter(name, value);
            }
        }

        private List<SelectItem> select() {
            String text = query.first("select").orElse("*");
            return SelectGrammar.ITEMS.read("select parameter", shallow("select parameter", text));
        }

        private Optional<List<String>> names(String name, String what) {
            return query.first(name).map(text -> NameGrammar.NAMES.read(what, text));
        }

        private void tree(String name, String value) {
            Tree tree = FilterGrammar.TREE.read("logic path", name);
            shallow("logic tree", value);
            Condition condition =
                    FilterGrammar.CONDITION.read("logic tree", value, tree.lead() + value);
            conditions.add(new Placed<>(tree.path(), condition));
        }

        private void filter(String name, String value) {
            Addressed addressed = NameGrammar.ADDRESSED.read("tree path", name);
            Optional<Asked> asked =
                    call
                            ? FilterGrammar.OPERATION.optional().read("filter", value)
                            : Optional.of(FilterGrammar.OPERATION.read("filter", value));
            if (asked.isPresent()) {
                conditions.add(
                        new Placed<>(
                                addressed.path(),
                                new Filter(
                                        addressed.field(),
                                        asked.get().negated(),
                                        asked.get().operation())));
            } else {
                arguments.add(new Argument(addressed.field().name(), value));
            }
        }

        private static List<String> path(String name) {
            return NameGrammar.ADDRESSED.read("tree path", name).path();
        }

        private Map<List<String>, Window> windows() {
            var windows = new LinkedHashMap<List<String>, Window>();
            offsets.forEach(
                    (path, offset) ->
                            windows.put(path, new Window(offset.orElse(0), OptionalLong.empty())));
            limits.forEach(
                    (path, limit) ->
                            windows.put(
                                    path,
                                    new Window(
                                            windows.getOrDefault(path, Window.ALL).offset(),
                                            limit)));
            return windows;
        }

        private static String shallow(String what, String text) {
            int depth = 0;
            for (int at = 0; at < text.length(); at++) {
                switch (text.charAt(at)) {
                    case '(' -> depth++;
                    case ')' -> depth = Math.max(0, depth - 1);
                    default -> {}
                }
                if (depth > MOST_NESTED) {
                    throw new Refusal(
                            new RequestProblem.Unparsable(
                                    what,
                                    text,
                                    ParseError.place(text, at),
                                    "nested more than %d levels deep".formatted(MOST_NESTED)));
                }
            }
            return text;
        }
    }
}

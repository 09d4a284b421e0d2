package dev.hearth.realtime.changes.subscription;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Publication;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.filter.Filter;
import dev.hearth.realtime.changes.filter.FilterParser;
import dev.hearth.realtime.changes.filter.FilterSyntaxException;
import dev.hearth.realtime.changes.filter.Printed;
import dev.hearth.realtime.changes.sql.SqlStates;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a binding asks for, read but not yet checked against the database.
///
/// @param event `INSERT`, `UPDATE`, `DELETE`, or `*` for all
/// @param schema a name, or `*`
/// @param table a name, or `*`
record Asked(Binding binding, String event, String schema, String table, List<Filter> filters) {

    Asked {
        filters = List.copyOf(filters);
    }

    /// Reads a binding.
    ///
    /// @throws RefusedBinding with upstream's text
    static Asked of(Binding binding) throws RefusedBinding {
        String event = event(binding.event());
        List<Filter> filters;
        try {
            filters = FilterParser.parse(binding.filter().orElse(""));
        } catch (FilterSyntaxException e) {
            throw RefusedBinding.forGood(e.told());
        }
        boolean filtersNoTable = !filters.isEmpty() && binding.table().isEmpty();
        if ((binding.schema().isEmpty() && binding.table().isEmpty()) || filtersNoTable) {
            throw RefusedBinding.forGood(
                    "No subscription params provided. Please provide at least a `schema` or `table`"
                            + " to subscribe to: "
                            + printed(binding));
        }
        var asked =
                new Asked(
                        binding,
                        event,
                        binding.schema().orElse("public"),
                        binding.table().orElse("*"),
                        filters);
        if (asked.isWildcard() && !binding.select().isEmpty()) {
            throw RefusedBinding.forGood(
                    "Column selection is not supported for wildcard subscriptions. Provide an"
                            + " explicit schema and table name.");
        }
        return asked;
    }

    private static String event(String event) {
        String upper = event.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "INSERT", "UPDATE", "DELETE" -> upper;
            default -> "*";
        };
    }

    /// What was sent, as upstream prints a map; without the event, which it may not have held.
    private static String printed(Binding binding) {
        return Stream.of(
                        pair("filter", binding.filter()),
                        pair("schema", binding.schema()),
                        pair("table", binding.table()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", ", "%{", "}"));
    }

    private static Optional<String> pair(String key, Optional<String> value) {
        return value.map(text -> Printed.text(key) + " => " + Printed.text(text));
    }

    Set<Logged.Kind> kinds() {
        return event.equals("*")
                ? EnumSet.allOf(Logged.Kind.class)
                : EnumSet.of(Logged.Kind.valueOf(event));
    }

    boolean isWildcard() {
        return schema.equals("*") || table.equals("*");
    }

    /// The tables of the publication that it means.
    ///
    /// @throws RefusedBinding when there is none
    List<Table> tables(Publication publication) throws RefusedBinding {
        List<Table> tables = publication.named(schema, table);
        if (tables.isEmpty()) {
            throw RefusedBinding.forNow(
                    "Unable to subscribe to changes with given parameters. Please check Realtime is"
                            + " enabled for the given connect parameters: ["
                            + this
                            + "]");
        }
        return tables;
    }

    /// Refused by the database, or as the database would.
    RefusedBinding refused(String sqlState, String message) {
        return RefusedBinding.forGood(
                "Unable to subscribe to changes with given parameters. An exception happened so"
                        + " please check your connect parameters: ["
                        + this
                        + "]. Exception: ERROR "
                        + sqlState
                        + " "
                        + SqlStates.named(sqlState)
                        + message);
    }

    /// As upstream's messages print the parameters.
    @Override
    public String toString() {
        String select = binding.select().isEmpty() ? "nil" : Printed.texts(binding.select());
        return "event: %s, schema: %s, table: %s, filters: %s, select: %s"
                .formatted(event, schema, table, Printed.filters(filters), select);
    }
}

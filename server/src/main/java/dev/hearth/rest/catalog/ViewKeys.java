package dev.hearth.rest.catalog;

import dev.hearth.rest.catalog.KeyRows.KeyColumn;
import dev.hearth.rest.catalog.KeyRows.KeyColumns;
import dev.hearth.rest.catalog.NodeTree.Origin;
import dev.hearth.rest.catalog.ViewRows.View;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The keys of tables, as the exposed views show them: each column of a view traced to a table,
/// through views of views. Pure.
final class ViewKeys {

    /// A column of a relation.
    private record Spot(long relation, int attribute) {}

    /// A view that shows columns of a table.
    ///
    /// @param columns of the view, in its order, by the number of the table's column
    private record Shown(View view, Map<Integer, Set<Integer>> columns) {}

    /// The columns under which a view shows all columns of a key, in the key's order.
    record Showing(QualifiedName view, List<String> columns) {}

    private final Map<Spot, Origin> origins = new HashMap<>();
    private final Map<Long, Map<Long, Shown>> byTable = new HashMap<>();

    ViewKeys(List<View> views) {
        for (View view : views) {
            view.origins()
                    .forEach(each -> origins.put(new Spot(view.relation(), each.position()), each));
        }
        views.stream().filter(View::exposed).forEach(this::trace);
    }

    private void trace(View view) {
        for (int position = 1; position <= view.columns().size(); position++) {
            var passed = new HashSet<Spot>();
            var spot = new Spot(view.relation(), position);
            // Replaced views may have come to select from each other.
            while (passed.add(spot) && origins.containsKey(spot)) {
                Origin origin = origins.get(spot);
                spot = new Spot(origin.relation(), origin.attribute());
                byTable.computeIfAbsent(spot.relation(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(view.relation(), _ -> new Shown(view, new TreeMap<>()))
                        .columns()
                        .computeIfAbsent(spot.attribute(), _ -> new TreeSet<>())
                        .add(position);
            }
        }
    }

    /// The ways in which views show a whole key: one for each choice where a view shows a column
    /// more than once.
    List<Showing> showing(KeyColumns key) {
        var showing = new ArrayList<Showing>();
        for (Shown shown : shown(key)) {
            choices(shown, key.columns())
                    .forEach(columns -> showing.add(new Showing(shown.view().name(), columns)));
        }
        return showing;
    }

    /// The primary keys of views: those of all tables that they show whole, by the first column
    /// that shows each.
    Map<QualifiedName, List<String>> primaryKeys(List<KeyColumns> primaryKeys) {
        var keys = new HashMap<QualifiedName, List<String>>();
        for (KeyColumns key : primaryKeys) {
            for (Shown shown : shown(key)) {
                keys.computeIfAbsent(shown.view().name(), _ -> new ArrayList<>())
                        .addAll(choices(shown, key.columns()).getFirst());
            }
        }
        return keys;
    }

    private List<Shown> shown(KeyColumns key) {
        Collection<Shown> views = byTable.getOrDefault(key.relation(), Map.of()).values();
        return views.stream()
                .filter(
                        shown ->
                                key.columns().stream()
                                        .map(KeyColumn::number)
                                        .allMatch(shown.columns()::containsKey))
                .toList();
    }

    private static List<List<String>> choices(Shown shown, List<KeyColumn> key) {
        List<List<String>> choices = List.of(List.of());
        for (KeyColumn column : key) {
            var longer = new ArrayList<List<String>>();
            for (List<String> choice : choices) {
                for (int position : shown.columns().getOrDefault(column.number(), Set.of())) {
                    var with = new ArrayList<>(choice);
                    with.add(shown.view().columns().get(position - 1));
                    longer.add(with);
                }
            }
            choices = longer;
        }
        return choices;
    }
}

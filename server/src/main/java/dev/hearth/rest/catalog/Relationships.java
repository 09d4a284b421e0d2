package dev.hearth.rest.catalog;

import dev.hearth.rest.catalog.KeyRows.ForeignKeyRow;
import dev.hearth.rest.catalog.Relationship.Cardinality;
import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.ManyToMany;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.catalog.ViewKeys.Showing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the relationships of a catalog from keys, views and functions. Pure.
///
/// Mirrors PostgREST v14 `src/PostgREST/SchemaCache.hs`: keys that views show, inverses, junctions,
/// what computed ones replace, and what is not exposed.
final class Relationships {

    private final Map<QualifiedName, Relation> relations;
    private final Set<String> schemas;

    /// @param relations of the exposed schemas, with their primary keys
    Relationships(Map<QualifiedName, Relation> relations, List<String> schemas) {
        this.relations = relations;
        this.schemas = Set.copyOf(schemas);
    }

    /// The relationships between exposed relations by their origin, in the order in which an
    /// ambiguous one lists them.
    Map<QualifiedName, List<Relationship>> of(
            List<ForeignKeyRow> foreignKeys, ViewKeys views, List<Computed> computed) {
        var forward = new ArrayList<ForeignKey>();
        for (ForeignKeyRow key : foreignKeys) {
            forward.addAll(shown(key, views));
        }
        var detected = new ArrayList<Relationship>(forward);
        forward.forEach(each -> detected.add(inverse(each)));
        detected.addAll(junctions(forward));
        var byOrigin = byOrigin(replaced(detected, computed));
        hiddenJunctions(forward).forEach(origin -> byOrigin.putIfAbsent(origin, List.of()));
        return byOrigin;
    }

    /// What only a junction of a schema that is not exposed relates: known as an origin, without a
    /// way, so that no other origin is suggested for it.
    private List<QualifiedName> hiddenJunctions(List<ForeignKey> forward) {
        return forward.stream()
                .filter(key -> key.cardinality() == Cardinality.MANY_TO_ONE)
                .filter(key -> !exposed(key.origin()) && exposed(key.target()))
                .collect(Collectors.groupingBy(ForeignKey::origin))
                .values()
                .stream()
                .filter(keys -> keys.size() > 1)
                .flatMap(keys -> keys.stream().map(ForeignKey::target))
                .toList();
    }

    /// A foreign key between its tables, and between the views that show them.
    private static List<ForeignKey> shown(ForeignKeyRow key, ViewKeys views) {
        var tableFrom = new Showing(key.from().name(), key.from().names());
        var tableTo = new Showing(key.to().name(), key.to().names());
        List<Showing> viewsFrom = views.showing(key.from());
        List<Showing> viewsTo = views.showing(key.to());
        var ways = new ArrayList<ForeignKey>();
        ways.add(way(key, tableFrom, tableTo, false, false));
        viewsFrom.forEach(from -> ways.add(way(key, from, tableTo, true, false)));
        viewsTo.forEach(to -> ways.add(way(key, tableFrom, to, false, true)));
        viewsFrom.forEach(from -> viewsTo.forEach(to -> ways.add(way(key, from, to, true, true))));
        return ways;
    }

    private static ForeignKey way(
            ForeignKeyRow key, Showing from, Showing to, boolean fromView, boolean toView) {
        return new ForeignKey(
                from.view(),
                to.view(),
                key.unique() ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
                key.constraint(),
                pairs(from.columns(), to.columns()),
                fromView,
                toView,
                false);
    }

    private static List<Pair> pairs(List<String> origin, List<String> other) {
        var pairs = new ArrayList<Pair>();
        for (int index = 0; index < origin.size(); index++) {
            pairs.add(new Pair(origin.get(index), other.get(index)));
        }
        return pairs;
    }

    private static List<Pair> swapped(List<Pair> pairs) {
        return pairs.stream().map(pair -> new Pair(pair.other(), pair.origin())).toList();
    }

    private static ForeignKey inverse(ForeignKey key) {
        return new ForeignKey(
                key.target(),
                key.origin(),
                key.cardinality() == Cardinality.ONE_TO_ONE
                        ? Cardinality.ONE_TO_ONE
                        : Cardinality.ONE_TO_MANY,
                key.constraint(),
                swapped(key.columns()),
                key.targetIsView(),
                key.originIsView(),
                true);
    }

    /// Pairs of different foreign keys of a junction whose columns are all in its primary key.
    private List<Relationship> junctions(List<ForeignKey> forward) {
        Map<QualifiedName, List<ForeignKey>> byJunction =
                forward.stream()
                        .filter(key -> key.cardinality() == Cardinality.MANY_TO_ONE)
                        .filter(key -> exposed(key.origin()) && exposed(key.target()))
                        .filter(this::withinPrimaryKey)
                        .collect(Collectors.groupingBy(ForeignKey::origin));
        var ways = new ArrayList<Relationship>();
        byJunction.forEach(
                (junction, keys) -> {
                    for (ForeignKey origin : keys) {
                        for (ForeignKey target : keys) {
                            if (!origin.constraint().equals(target.constraint())) {
                                ways.add(junction(junction, origin, target));
                            }
                        }
                    }
                });
        return ways;
    }

    private static ManyToMany junction(
            QualifiedName junction, ForeignKey origin, ForeignKey target) {
        return new ManyToMany(
                origin.target(),
                target.target(),
                junction,
                origin.constraint(),
                target.constraint(),
                swapped(origin.columns()),
                swapped(target.columns()));
    }

    private boolean withinPrimaryKey(ForeignKey key) {
        Relation junction = relations.get(key.origin());
        return junction != null
                && key.columns().stream()
                        .map(Pair::origin)
                        .allMatch(junction.primaryKey()::contains);
    }

    private boolean exposed(QualifiedName name) {
        return schemas.contains(name.schema());
    }

    private record Way(QualifiedName origin, QualifiedName target) {}

    /// A computed relationship takes the place of those to the relation of its function's name.
    private static List<Relationship> replaced(
            List<Relationship> detected, List<Computed> computed) {
        var taken = new HashSet<Way>();
        computed.forEach(each -> taken.add(new Way(each.origin(), each.function())));
        var relationships = new ArrayList<Relationship>(computed);
        detected.stream()
                .filter(each -> !taken.contains(new Way(each.origin(), each.target())))
                .forEach(relationships::add);
        return relationships;
    }

    private Map<QualifiedName, List<Relationship>> byOrigin(List<Relationship> relationships) {
        var byOrigin = new HashMap<QualifiedName, List<Relationship>>();
        for (Relationship each : relationships) {
            if (exposed(each.origin()) && exposed(each.target())) {
                byOrigin.computeIfAbsent(each.origin(), _ -> new ArrayList<>()).add(each);
            }
        }
        byOrigin.values().forEach(list -> list.sort(RelationshipOrder.COMPARATOR));
        return byOrigin;
    }
}

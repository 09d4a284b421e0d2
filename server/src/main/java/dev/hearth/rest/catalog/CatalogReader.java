package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a catalog from the database. Safe for any thread.
public final class CatalogReader {

    // Without a search path every name of a type comes with its schema. Compiling the queries takes
    // longer than running them.
    private static final String ALONE =
            """
            set transaction isolation level repeatable read, read only;
            set local search_path to '';
            set local jit to off\
            """;

    // They come from files of the database server, and reading these takes longer than the rest.
    private volatile Set<String> timeZones = Set.of();

    /// Reads everything as it stood at one moment.
    ///
    /// @param connection in a transaction in which nothing was done yet, and in which nothing but
    ///   reading can be done from then on
    /// @throws SQLException also where something is dropped at this moment; the next attempt is
    ///   likely to succeed
    public Catalog read(Connection connection, CatalogSettings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ALONE);
        }
        List<String> schemas = settings.schemas();
        List<String> traced =
                Stream.concat(schemas.stream(), settings.extraSearchPath().stream())
                        .distinct()
                        .toList();
        KeyRows keys = KeyRows.read(connection);
        var views = new ViewKeys(ViewRows.read(connection, schemas, traced));
        Map<QualifiedName, Relation> relations =
                keyed(RelationRows.read(connection, schemas), keys, views);
        return new Catalog(
                relations,
                new Relationships(relations, schemas)
                        .of(keys.foreignKeys(), views, SmallRows.computed(connection, schemas)),
                RoutineRows.read(connection, schemas, settings.hoistedSettings()),
                SmallRows.representations(connection),
                SmallRows.handlers(connection, schemas),
                timeZones(connection));
    }

    private static Map<QualifiedName, Relation> keyed(
            List<Relation> relations, KeyRows keys, ViewKeys views) {
        var primary = new HashMap<QualifiedName, List<String>>();
        keys.primaryKeys()
                .forEach(key -> primary.put(key.name(), key.names().stream().sorted().toList()));
        primary.putAll(views.primaryKeys(keys.primaryKeys()));
        var keyed = new LinkedHashMap<QualifiedName, Relation>();
        for (Relation each : relations) {
            keyed.put(
                    each.name(),
                    new Relation(
                            each.name(),
                            each.comment(),
                            each.view(),
                            each.insertable(),
                            each.updatable(),
                            each.deletable(),
                            primary.getOrDefault(each.name(), List.of()),
                            each.columns()));
        }
        return keyed;
    }

    private Set<String> timeZones(Connection connection) throws SQLException {
        if (timeZones.isEmpty()) {
            timeZones = SmallRows.timeZones(connection);
        }
        return timeZones;
    }
}

package dev.hearth.realtime.changes.value;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the types of a database: one query for types, one for the attributes of composites.
public final class TypeCatalog {

    private static final long BOOL = 16;
    private static final long BYTEA = 17;
    private static final Set<Long> WHOLE = Set.of(20L, 21L, 23L);
    private static final Set<Long> DECIMAL = Set.of(700L, 701L, 1700L);
    private static final Set<Long> EQUAL_BY_TEXT = Set.of(BOOL, BYTEA, 25L, 1043L, 2950L);
    private static final Set<Long> TIME = Set.of(1082L, 1114L, 1184L);
    private static final long TIMESTAMP = 1114;
    private static final long TIMESTAMPTZ = 1184;
    private static final long JSON = 114;
    private static final long JSONB = 3802;
    private static final Set<Long> VECTORS = Set.of(22L, 30L);

    /// A function of a user's own, as to_jsonb looks for: only for types that are not built in.
    private static final String TYPES =
            """
            select t.oid::int8, n.nspname, t.typname, t.typtype::text,
                   case when t.typsubscript = 'pg_catalog.array_subscript_handler'::regproc
                        then t.typelem else 0 end::int8 as element,
                   coalesce(e.typdelim, ',')::text as delimiter,
                   t.typbasetype::int8,
                   t.oid >= 16384 and exists (
                     select from pg_catalog.pg_cast c
                     where c.castsource = t.oid and c.casttarget = 'pg_catalog.json'::regtype
                       and c.castfunc <> 0) as casts
            from pg_catalog.pg_type t
            join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            left join pg_catalog.pg_type e on e.oid = t.typelem
            """;

    private static final String ATTRIBUTES =
            """
            select t.oid::int8, a.attname, a.atttypid::int8
            from pg_catalog.pg_type t
            join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
            where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
            order by t.oid, a.attnum
            """;

    private record Raw(
            long oid,
            String schema,
            String name,
            String kind,
            long element,
            char delimiter,
            long base,
            boolean casts) {}

    private record RawAttribute(String name, long type) {}

    private final Map<Long, Raw> raw = new HashMap<>();
    private final Map<Long, List<RawAttribute>> attributes = new HashMap<>();
    private final Map<Long, Shape> shapes = new HashMap<>();

    private TypeCatalog() {}

    /// Every type that the database has now.
    public static Types read(Connection connection) throws SQLException {
        var catalog = new TypeCatalog();
        catalog.readTypes(connection);
        catalog.readAttributes(connection);
        var types = new HashMap<Long, PgType>();
        for (Raw type : catalog.raw.values()) {
            types.put(
                    type.oid(),
                    new PgType(
                            type.oid(),
                            type.schema(),
                            type.name(),
                            catalog.shape(type.oid()),
                            catalog.equality(type.oid())));
        }
        return new Types(types);
    }

    private void readTypes(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TYPES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                raw.put(
                        rows.getLong(1),
                        new Raw(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getLong(5),
                                rows.getString(6).charAt(0),
                                rows.getLong(7),
                                rows.getBoolean(8)));
            }
        }
    }

    private void readAttributes(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ATTRIBUTES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                attributes
                        .computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
                        .add(new RawAttribute(rows.getString(2), rows.getLong(3)));
            }
        }
    }

    private Shape shape(long oid) {
        Shape known = shapes.get(oid);
        if (known == null) {
            known = make(oid);
            shapes.put(oid, known);
        }
        return known;
    }

    private Shape make(long oid) {
        if (oid == BOOL) {
            return new Shape.Truth();
        }
        if (WHOLE.contains(oid)) {
            return new Shape.Whole();
        }
        if (DECIMAL.contains(oid)) {
            return new Shape.Decimal();
        }
        if (oid == BYTEA) {
            return new Shape.Binary();
        }
        if (oid == TIMESTAMP) {
            return new Shape.Stamp();
        }
        if (oid == TIMESTAMPTZ) {
            return new Shape.ZonedStamp();
        }
        if (oid == JSON) {
            return new Shape.PlainJson();
        }
        if (oid == JSONB) {
            return new Shape.BinaryJson();
        }
        Raw type = raw.get(oid);
        return type == null ? new Shape.Text() : make(type);
    }

    private Shape make(Raw type) {
        if (VECTORS.contains(type.oid())) {
            return new Shape.Vector(shape(type.element()));
        }
        if (type.kind().equals("d")) {
            return shape(type.base());
        }
        if (type.element() != 0) {
            return new Shape.Array(shape(type.element()), type.delimiter());
        }
        if (type.kind().equals("c")) {
            return new Shape.Composite(
                    attributes.getOrDefault(type.oid(), List.of()).stream()
                            .map(a -> new Shape.Attribute(a.name(), shape(a.type())))
                            .toList());
        }
        if (type.casts()) {
            return type.name().equals("hstore")
                    ? new Shape.Hstore()
                    : new Shape.Cast(type.schema(), type.name());
        }
        return new Shape.Text();
    }

    private Equality equality(long oid) {
        Raw type = raw.get(oid);
        if (WHOLE.contains(oid)) {
            return Equality.WHOLE;
        }
        if (TIME.contains(oid)) {
            return Equality.TIME;
        }
        if (EQUAL_BY_TEXT.contains(oid) || (type != null && type.kind().equals("e"))) {
            return Equality.TEXT;
        }
        return type != null && type.kind().equals("d") ? equality(type.base()) : Equality.NONE;
    }
}

package dev.hearth.rest.catalog;

import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the functions that can be called: no procedures, aggregates, window or trigger functions.
/// All their parameters have names, or the only one has none and takes a body as it is.
final class RoutineRows {

    private static final String ISOLATION = "default_transaction_isolation";

    private static final Map<String, String> WIDEST =
            Map.of(
                    "bit", "bit varying",
                    "bit[]", "bit varying[]",
                    "character", "character varying",
                    "character[]", "character varying[]");

    // The argument lists of pg_proc hold what goes out as well, where anything does. Only the last
    // of those that go in have defaults.
    private static final String ROUTINES =
            """
            with recursive step as (
                select oid, typbasetype as base from pg_type where typtype = 'd'
                union all
                select step.oid, t.typbasetype
                from step
                join pg_type t on t.oid = step.base
                where t.typtype = 'd'),
            domain as (
                select step.* from step join pg_type t on t.oid = step.base
                where t.typtype <> 'd')
            select n.nspname as schema, p.proname as name,
                   obj_description(p.oid, 'pg_proc') as comment,
                   p.pronargs - p.pronargdefaults as required,
                   i.names, i.types, i.variadic,
                   tn.nspname as type_schema, coalesce(c.relname, t.typname) as type_name,
                   p.proretset as set,
                   t.typtype = 'c' or coalesce(p.proargmodes && '{o,b,t}'::"char"[], false)
                       as composite,
                   d.oid is not null as domain,
                   p.provolatile::text as volatility,
                   p.proconfig as settings
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            left join domain d on d.oid = p.prorettype
            join pg_type t on t.oid = coalesce(d.base, p.prorettype)
            join pg_namespace tn on tn.oid = t.typnamespace
            left join pg_class c on c.oid = t.typrelid
            cross join lateral (
                select array_agg(coalesce(a.name, '') order by a.place) as names,
                       array_agg(a.type::regtype::text order by a.place) as types,
                       array_agg(coalesce(a.mode = 'v', false) order by a.place) as variadic,
                       count(*) as number,
                       count(*) filter (where coalesce(a.name, '') = '') as unnamed
                from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes,
                        p.proargnames) with ordinality as a (type, mode, name, place)
                where coalesce(a.mode, 'i') in ('i', 'b', 'v')) i
            where n.nspname = any(?)
              and p.prokind = 'f'
              and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
              and (i.unnamed = 0 or i.number = 1
                  and p.proargtypes[0] in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype,
                      'xml'::regtype, 'bytea'::regtype))
            """;

    private static final Comparator<Routine> ORDER =
            Comparator.comparingInt((Routine each) -> each.parameters().size())
                    .thenComparing(each -> each.comment().isPresent())
                    .thenComparing(each -> each.comment().orElse(""))
                    .thenComparing(RoutineRows::signature);

    private RoutineRows() {}

    /// By name, those with fewer parameters first.
    static Map<QualifiedName, List<Routine>> read(
            Connection connection, List<String> schemas, List<String> hoisted) throws SQLException {
        var routines = new HashMap<QualifiedName, List<Routine>>();
        for (Routine routine :
                Rows.of(connection, ROUTINES, row -> routine(row, hoisted), schemas)) {
            routines.computeIfAbsent(routine.name(), _ -> new ArrayList<>()).add(routine);
        }
        routines.values().forEach(overloaded -> overloaded.sort(ORDER));
        return routines;
    }

    private static Routine routine(Rows.Row row, List<String> hoisted) throws SQLException {
        Map<String, String> settings = settings(row.texts("settings"));
        var kept = new LinkedHashMap<>(settings);
        kept.keySet().retainAll(hoisted);
        return new Routine(
                row.name("schema", "name"),
                row.optionalText("comment"),
                parameters(row),
                new Returned(
                        row.name("type_schema", "type_name"),
                        row.flag("set"),
                        row.flag("composite"),
                        row.flag("domain")),
                volatility(row.text("volatility")),
                kept,
                Optional.ofNullable(settings.get(ISOLATION)).map(RoutineRows::isolation));
    }

    private static List<Parameter> parameters(Rows.Row row) throws SQLException {
        List<String> names = row.texts("names");
        List<String> types = row.texts("types");
        List<Boolean> variadic = row.flags("variadic");
        int required = row.number("required");
        var parameters = new ArrayList<Parameter>();
        for (int index = 0; index < names.size(); index++) {
            String type = types.get(index);
            parameters.add(
                    new Parameter(
                            names.get(index),
                            type,
                            WIDEST.getOrDefault(type, type),
                            index < required,
                            variadic.get(index)));
        }
        return parameters;
    }

    /// From `name=value`.
    private static Map<String, String> settings(List<String> entries) {
        var settings = new LinkedHashMap<String, String>();
        for (String entry : entries) {
            int end = entry.indexOf('=');
            settings.put(
                    entry.substring(0, end).toLowerCase(Locale.ROOT), entry.substring(end + 1));
        }
        return settings;
    }

    private static String isolation(String value) {
        String level = value.toLowerCase(Locale.ROOT);
        return switch (level) {
            case "repeatable read", "serializable" -> level;
            default -> "read committed";
        };
    }

    private static Volatility volatility(String letter) {
        return switch (letter) {
            case "i" -> Volatility.IMMUTABLE;
            case "s" -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
    }

    private static String signature(Routine routine) {
        var signature = new StringBuilder();
        for (Parameter parameter : routine.parameters()) {
            signature.append(parameter.name()).append('\0').append(parameter.type()).append('\0');
        }
        return signature.toString();
    }
}

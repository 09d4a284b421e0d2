package dev.hearth.realtime.changes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A table with a column, and an array, of every type that a column can have, and rows for it.
final class TypeSamples {

    static final String USERS_TYPES =
            """
            create extension if not exists hstore with schema extensions;
            create extension if not exists citext with schema extensions;
            create type mood as enum ('sad', 'so so', 'NULL');
            create domain positive as int check (value > 0);
            create domain words as text[];
            create type point3 as (x int, "a b" text, at timestamptz, m mood, j json, b bytea);
            create type nested as (p point3, many point3[], n numeric);
            create domain spot as point3;
            create type loose as range (subtype = float8);
            """;

    /// Values for each type by its name; two or more where a type has more than one way of writing.
    private static final Map<String, List<String>> SAMPLES = samples();

    private static Map<String, List<String>> samples() {
        var s = new LinkedHashMap<String, List<String>>();
        s.put("bool", List.of("true", "false"));
        s.put("bytea", List.of("\\x0102ff", "\\x"));
        s.put("char", List.of("c"));
        s.put("name", List.of("some name"));
        s.put("int8", List.of("9223372036854775807", "-1"));
        s.put("int2", List.of("-32768"));
        s.put("int2vector", List.of("1 2 3"));
        s.put("int4", List.of("2147483647"));
        s.put("regproc", List.of("now"));
        s.put("text", List.of("a \"quoted\" \\ text,\n{} – ü 😀\u0001", "", "NULL"));
        s.put("oid", List.of("4294967295"));
        s.put("tid", List.of("(0,1)"));
        s.put("xid", List.of("42"));
        s.put("cid", List.of("42"));
        s.put("oidvector", List.of("1 2"));
        s.put(
                "json",
                List.of(
                        "{\"b\": 1, \"aa\" : 3e2, \"a\":1, \"a\":[1.50,null,true,\"x\\u00e9\"]}",
                        "null",
                        "12345678901234567890.123456789012345678901234567890"));
        s.put("xml", List.of("<a>b</a>"));
        s.put("point", List.of("(1.5,-2)"));
        s.put("lseg", List.of("[(1,2),(3,4)]"));
        s.put("path", List.of("((1,2),(3,4))", "[(1,2),(3,4)]"));
        s.put("box", List.of("(3,4),(1,2)"));
        s.put("polygon", List.of("((1,2),(3,4),(5,6))"));
        s.put("line", List.of("{1,2,3}"));
        s.put("cidr", List.of("10.0.0.0/8"));
        s.put("float4", List.of("1.1", "NaN", "1e30"));
        s.put("float8", List.of("0.1", "1e-7", "1e300", "-0", "Infinity", "123456789.123456789"));
        s.put("circle", List.of("<(1,2),3>"));
        s.put("macaddr8", List.of("08:00:2b:01:02:03:04:05"));
        s.put("money", List.of("1234.50"));
        s.put("macaddr", List.of("08:00:2b:01:02:03"));
        s.put("inet", List.of("192.168.0.1", "::1/64"));
        s.put("aclitem", List.of("postgres=r/postgres"));
        s.put("bpchar", List.of("abc"));
        s.put("varchar", List.of("abc "));
        s.put("date", List.of("2026-01-02", "0044-03-15 BC", "infinity"));
        s.put("time", List.of("03:04:05.678901"));
        s.put(
                "timestamp",
                List.of("2026-01-02 03:04:05.678901", "0044-03-15 10:00:00 BC", "-infinity"));
        s.put(
                "timestamptz",
                List.of("2026-01-02 03:04:05.678901+00", "0044-03-15 10:00:00+00 BC", "infinity"));
        s.put("interval", List.of("1 day 02:00:00", "-1 year -2 mons +3 days"));
        s.put("timetz", List.of("03:04:05+00"));
        s.put("bit", List.of("1"));
        s.put("varbit", List.of("10101"));
        s.put("numeric", List.of("1.50", "NaN", "-12345678901234567890.0000001", "1e10"));
        s.put("refcursor", List.of("c"));
        s.put("regprocedure", List.of("now()"));
        s.put("regoper", List.of("|/"));
        s.put("regoperator", List.of("+(integer,integer)"));
        s.put("regclass", List.of("pg_class"));
        s.put("regtype", List.of("integer"));
        s.put("uuid", List.of("00000000-0000-0000-0000-00000000000a"));
        s.put("txid_snapshot", List.of("10:20:10,14,15"));
        s.put("pg_lsn", List.of("16/B374D848"));
        s.put("tsvector", List.of("'a':1 'it''s':2"));
        s.put("tsquery", List.of("'a' & 'b'"));
        s.put("regconfig", List.of("english"));
        s.put("regdictionary", List.of("simple"));
        s.put("jsonb", List.of("{\"b\": [1.50, null], \"a\": \"x\"}", "null"));
        s.put("jsonpath", List.of("$.\"a\""));
        s.put("regnamespace", List.of("pg_catalog"));
        s.put("regrole", List.of("postgres"));
        s.put("regcollation", List.of("\"C\""));
        s.put("regdatabase", List.of("postgres"));
        s.put("pg_snapshot", List.of("10:20:10,14,15"));
        s.put("xid8", List.of("42"));
        s.put("int4range", List.of("[1,5)", "empty"));
        s.put("numrange", List.of("(1.5,2.50]"));
        s.put("tsrange", List.of("[\"2026-01-02 00:00:00\",\"2026-01-03 00:00:00\")"));
        s.put("tstzrange", List.of("[\"2026-01-02 00:00:00+00\",\"2026-01-03 00:00:00+00\")"));
        s.put("daterange", List.of("[2026-01-02,2026-01-05)"));
        s.put("int8range", List.of("[1,5)"));
        s.put("loose", List.of("[1.5,2.5]"));
        s.put("int4multirange", List.of("{[1,2),[5,7)}"));
        s.put("nummultirange", List.of("{[1.5,2.5)}"));
        s.put("tsmultirange", List.of("{[\"2026-01-02 00:00:00\",\"2026-01-03 00:00:00\")}"));
        s.put(
                "tstzmultirange",
                List.of("{[\"2026-01-02 00:00:00+00\",\"2026-01-03 00:00:00+00\")}"));
        s.put("datemultirange", List.of("{[2026-01-02,2026-01-05)}"));
        s.put("int8multirange", List.of("{[1,2)}"));
        s.put("loose_multirange", List.of("{}"));
        s.put("hstore", List.of("a=>1, \"b c\"=>NULL, d=>\"x\\\"y\""));
        s.put("citext", List.of("MiXed"));
        s.put("mood", List.of("so so", "NULL"));
        s.put("positive", List.of("7"));
        s.put("words", List.of("{a,\"b c\"}"));
        String point =
                "(1,\"x, \"\"y\"\"\",\"2026-01-02 03:04:05+00\",\"so"
                        + " so\",\"{\"\"a\"\":3e2}\",\"\\\\x01\")";
        s.put("point3", List.of(point, "(,,,,,)"));
        s.put("spot", List.of(point));
        s.put("nested", List.of("(\"(1,a,,,,)\",\"{\"\"(2,b,,,,)\"\",NULL}\",1.50)"));
        return s;
    }

    /// Not for columns of users' tables.
    private static final Set<String> UNUSABLE = Set.of("gtsvector", "ghstore");

    private static final String TYPES =
            """
            select t.typname || ' ' || n.nspname from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            left join pg_class c on c.oid = t.typrelid
            where t.typtype in ('b', 'd', 'e', 'r', 'm', 'c') and (t.typtype <> 'c' or c.relkind = 'c')
              and t.typname not like '\\_%' and t.typname !~ '^pg_(node|ndist|depend|mcv|ddl|brin)'
              and n.nspname in ('pg_catalog', 'public', 'extensions')
              and not exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid
                where d.objid = t.oid and d.deptype = 'e' and e.extname not in ('hstore', 'citext'))
            order by 1
            """;

    private TypeSamples() {}

    /// The usable types of a database, each with its name in SQL, from a query that gives [#TYPES].
    ///
    /// @throws AssertionError when there is one without a sample
    static Map<String, String> types(Query query) throws Exception {
        var types = new LinkedHashMap<String, String>();
        String list = query.ask("select string_agg(x, '|') from (" + TYPES + ") as q(x)");
        for (String type : list.split("\\|", -1)) {
            String[] parts = type.split(" ", -1);
            types.put(parts[0], "\"%s\".\"%s\"".formatted(parts[1], parts[0]));
        }
        types.keySet().removeAll(UNUSABLE);
        var unknown = new TreeSet<>(types.keySet());
        unknown.removeAll(SAMPLES.keySet());
        if (!unknown.isEmpty()) {
            throw new AssertionError("types without a sample: " + unknown);
        }
        return types;
    }

    /// Asks for one value.
    @FunctionalInterface
    interface Query {
        String ask(String sql) throws Exception;
    }

    /// Makes and publishes the table `everything`.
    static String table(Map<String, String> types) {
        var columns = new ArrayList<String>();
        types.forEach(
                (name, type) -> {
                    columns.add("\"%s\" %s".formatted(name, type));
                    columns.add("\"%s[]\" %s[]".formatted(name, type));
                });
        return "create table everything (id int primary key, padded char(5), bits bit(3), "
                + String.join(", ", columns)
                + "); alter publication supabase_realtime add table everything;"
                + " grant select on everything to service_role";
    }

    /// What has to be set before [#inserts].
    static final String WRITER_SETTINGS =
            "set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set search_path = public,"
                    + " extensions";

    /// What has to be set for `to_jsonb` to write as the stream does.
    static final String READER_SETTINGS =
            "set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle ="
                    + " 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1; set"
                    + " lc_monetary = 'C'";

    /// One row a sample, of all types together, numbered from 1; a type with fewer samples is null
    /// in later rows, and every one is null in the last.
    static List<String> inserts(Map<String, String> types) {
        int rows = SAMPLES.values().stream().mapToInt(List::size).max().orElseThrow() + 1;
        var inserts = new ArrayList<String>();
        for (int row = 1; row <= rows; row++) {
            var names = new ArrayList<>(List.of("id", "padded", "bits"));
            var values = new ArrayList<>(List.of(String.valueOf(row), "'ab'", "b'101'"));
            for (Map.Entry<String, String> type : types.entrySet()) {
                List<String> samples = SAMPLES.getOrDefault(type.getKey(), List.of());
                if (row > samples.size()) {
                    continue;
                }
                String value =
                        "'" + samples.get(row - 1).replace("'", "''") + "'::" + type.getValue();
                names.add("\"" + type.getKey() + "\"");
                values.add(value);
                names.add("\"" + type.getKey() + "[]\"");
                values.add("array[" + value + ", null]" + "::" + type.getValue() + "[]");
            }
            inserts.add(
                    "insert into everything (%s) values (%s)"
                            .formatted(String.join(", ", names), String.join(", ", values)));
        }
        return inserts;
    }
}

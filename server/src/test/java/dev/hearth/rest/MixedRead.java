package dev.hearth.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A read of [MixSchema] made by chance, said twice: as a target of the data API, and as SQL that a
/// person would write for it.
///
/// @param sql answers one row, the body as JSON
record MixedRead(String target, String sql) {

    /// One condition in both tongues; `%s` is what qualifies the column.
    private record Condition(String name, String operation, String sql) {

        String parameter(String before) {
            return before + name + "=" + operation;
        }

        String term() {
            return name + "." + operation;
        }
    }

    static MixedRead of(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> plain(random);
            case 1 -> itemsWithin(random);
            case 2 -> personOfItem(random);
            case 3 -> aggregate(random);
            default -> inner(random);
        };
    }

    private static MixedRead plain(Random random) {
        var query = new ArrayList<String>();
        query.add("select=id,name,years:age,score::text,owner");
        String where = conditions(random, query, "", "p");
        String order = order(random, query);
        String window = window(random, query, "");
        return new MixedRead(
                "/people?" + String.join("&", query),
                rows(
                        "select p.id, p.name, p.age as years, cast(p.score as text) as score,"
                                + " p.owner from public.people p where "
                                + where
                                + order
                                + window));
    }

    /// To many, with conditions, order and limit of their own.
    private static MixedRead itemsWithin(Random random) {
        var query = new ArrayList<String>();
        query.add("select=id,tags,things:items(title,price)");
        String where = conditions(random, query, "", "p");
        int above = random.nextInt(50);
        query.add("things.price=gt." + above);
        query.add("things.order=price.desc,id");
        String within = window(random, query, "things.");
        String order = order(random, query);
        return new MixedRead(
                "/people?" + String.join("&", query),
                rows(
                        "select p.id, p.tags, (select coalesce(json_agg(x), '[]') from (select"
                                + " i.title, i.price from public.items i where i.person_id = p.id"
                                + " and i.price > "
                                + above
                                + " order by i.price desc, i.id"
                                + within
                                + ") x) as things from public.people p where "
                                + where
                                + order));
    }

    /// To one.
    private static MixedRead personOfItem(Random random) {
        int below = random.nextInt(50);
        var query = new ArrayList<String>();
        query.add("select=id,people(name,age),price");
        query.add("price=lte." + below);
        query.add("order=id");
        String window = window(random, query, "");
        return new MixedRead(
                "/items?" + String.join("&", query),
                rows(
                        "select i.id, (select row_to_json(x) from (select p.name, p.age from"
                                + " public.people p where p.id = i.person_id) x) as people, i.price"
                                + " from public.items i where i.price <= "
                                + below
                                + " order by i.id"
                                + window));
    }

    private static MixedRead aggregate(Random random) {
        var query = new ArrayList<String>();
        query.add("select=shared,count(),oldest:age.max(),score.sum()");
        String where = conditions(random, query, "", "p");
        query.add("order=shared");
        return new MixedRead(
                "/people?" + String.join("&", query),
                rows(
                        "select p.shared, count(*) as count, max(p.age) as oldest, sum(p.score) as"
                                + " sum from public.people p where "
                                + where
                                + " group by p.shared order by p.shared"));
    }

    /// Only people who have such items.
    private static MixedRead inner(Random random) {
        int price = random.nextInt(50);
        var query = new ArrayList<String>();
        query.add("select=id,name,items!inner(id)");
        query.add("items.price=eq." + price);
        query.add("items.order=id");
        String where = conditions(random, query, "", "p");
        String order = order(random, query);
        String items = "public.items i where i.person_id = p.id and i.price = " + price;
        return new MixedRead(
                "/people?" + String.join("&", query),
                rows(
                        "select p.id, p.name, (select json_agg(x) from (select i.id from "
                                + items
                                + " order by i.id) x) as items from public.people p where exists"
                                + " (select 1 from "
                                + items
                                + ") and "
                                + where
                                + order));
    }

    private static String rows(String query) {
        return "select coalesce(json_agg(r), '[]')::text from (" + query + ") r";
    }

    /// Up to three of them, some in a tree.
    private static String conditions(
            Random random, List<String> query, String before, String alias) {
        var sql = new ArrayList<String>(List.of("true"));
        for (int left = random.nextInt(3); left > 0; left--) {
            Condition one = condition(random);
            if (random.nextBoolean()) {
                query.add(one.parameter(before));
                sql.add(one.sql().formatted(alias));
            } else {
                Condition other = condition(random);
                boolean negated = random.nextBoolean();
                query.add(
                        "%s%sor=(%s,and(%s,%s))"
                                .formatted(
                                        before,
                                        negated ? "not." : "",
                                        one.term(),
                                        other.term(),
                                        "shared.not.is.null"));
                sql.add(
                        "%s (%s or (%s and %s.shared is not null))"
                                .formatted(
                                        negated ? "not" : "",
                                        one.sql().formatted(alias),
                                        other.sql().formatted(alias),
                                        alias));
            }
        }
        return String.join(" and ", sql);
    }

    private static Condition condition(Random random) {
        int number = random.nextInt(100);
        String letter = String.valueOf((char) ('a' + random.nextInt(8)));
        return switch (random.nextInt(12)) {
            case 0 ->
                    new Condition("age", "eq." + number / 10 * 10, "%s.age = " + number / 10 * 10);
            case 1 ->
                    new Condition(
                            "age", "neq." + number / 10 * 10, "%s.age <> " + number / 10 * 10);
            case 2 -> new Condition("score", "gte." + number / 2, "%s.score >= " + number / 2);
            case 3 -> new Condition("age", "not.lt." + number, "not %s.age < " + number);
            case 4 -> new Condition("age", "is.null", "%s.age is null");
            case 5 -> new Condition("shared", "not.is.true", "%s.shared is not true");
            case 6 -> new Condition("name", "like.*" + letter, "%s.name like '%%" + letter + "'");
            case 7 -> new Condition("name", "ilike.NAME_*", "%s.name ilike 'NAME_%%'");
            case 8 ->
                    new Condition(
                            "id", "in.(1,2,3," + number + ")", "%s.id in (1,2,3," + number + ")");
            case 9 ->
                    new Condition(
                            "tags", "cs.{" + letter + "}", "%s.tags @> array['" + letter + "']");
            case 10 ->
                    new Condition(
                            "tags",
                            "ov.{a," + letter + "}",
                            "%s.tags && array['a','" + letter + "']");
            default -> new Condition("age", "isdistinct.30", "%s.age is distinct from 30");
        };
    }

    private static String order(Random random, List<String> query) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                query.add("order=age.desc.nullslast,id");
                yield " order by p.age desc nulls last, p.id";
            }
            case 1 -> {
                query.add("order=name,score.desc");
                yield " order by p.name, p.score desc";
            }
            default -> {
                query.add("order=id.desc");
                yield " order by p.id desc";
            }
        };
    }

    private static String window(Random random, List<String> query, String before) {
        if (random.nextBoolean()) {
            return "";
        }
        int limit = random.nextInt(12);
        int offset = random.nextInt(5);
        query.add(before + "limit=" + limit);
        query.add(before + "offset=" + offset);
        return " limit " + limit + " offset " + offset;
    }
}

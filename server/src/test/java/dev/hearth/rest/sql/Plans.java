package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.Format;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Preferences.Count;

import java.util.Optional;
import java.util.OptionalLong;

/// Plans that tests make by hand.
final class Plans {
    static final Format JSON = new Format(new Body.Rows(false), MediaType.Known.JSON);
    static final Format NOTHING = new Format(new Body.Nothing(), MediaType.Known.JSON);

    private Plans() {}

    static Plan.Read read(Node node) {
        return read(node, JSON.body());
    }

    static Plan.Read read(Node node, Body body) {
        return new Plan.Read(
                Node.name("any"),
                node.done(),
                new Format(body, MediaType.Known.JSON),
                false,
                Optional.empty(),
                OptionalLong.empty());
    }

    static Plan.Read counted(Node node, Count count, OptionalLong maxRows) {
        return new Plan.Read(
                Node.name("any"), node.done(), JSON, false, Optional.of(count), maxRows);
    }

    static Plan.Write write(Mutation mutation, Node rows) {
        return new Plan.Write(mutation, rows.done(), JSON);
    }

    static Plan.Write silent(Mutation mutation) {
        return new Plan.Write(mutation, Node.outcome("any").select("*").done(), NOTHING);
    }

    static BodyColumn column(String name, String type) {
        return new BodyColumn(name, type, Optional.empty(), Optional.empty());
    }

    static BodyColumn column(String name, String type, String defaultExpression) {
        return new BodyColumn(name, type, Optional.empty(), Optional.of(defaultExpression));
    }

    /// The clients of projects.
    static Node clients() {
        return Node.table("clients", "clients_1")
                .join(
                        Qualifier.alias("clients_1"),
                        "id",
                        Qualifier.of(Node.name("projects")),
                        "client_id");
    }

    static SpreadField field(String name) {
        return new SpreadField(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The statement of a read without what surrounds the rows.
    static String rows(Node node) {
        return within(rendered(read(node)).text());
    }

    private static String within(String text) {
        String before = "AS response_status FROM (SELECT * FROM (";
        return text.substring(
                text.indexOf(before) + before.length(),
                text.lastIndexOf(") AS pgrst_rows) AS _postgrest_t"));
    }

    /// What is changed or called, without what surrounds it.
    static String source(Plan.Statement plan) {
        String text = rendered(plan).text();
        String before = "WITH pgrst_source AS (";
        return text.substring(
                before.length(),
                Math.max(
                        text.indexOf(") SELECT null::bigint"),
                        text.indexOf(") SELECT total_result_set")));
    }

    /// With a limit that no answer of a test has.
    static Statement rendered(Plan.Statement plan) {
        return Rendering.of(plan, 1 << 20);
    }
}

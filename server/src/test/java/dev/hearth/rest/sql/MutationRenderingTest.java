package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Mutation.Conflict;
import dev.hearth.rest.plan.Mutation.Delete;
import dev.hearth.rest.plan.Mutation.Insert;
import dev.hearth.rest.plan.Mutation.Update;
import dev.hearth.rest.plan.Mutation.Upsert;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.request.Operation.In;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// The text of changes.
class MutationRenderingTest {
    private static final BodyColumn ID = Plans.column("id", "integer");
    private static final BodyColumn NAME = Plans.column("name", "text", "'?'::text");

    @Test
    void anInsertReadsItsBodyOnce() {
        assertThat(Plans.source(Plans.silent(insert(false, Optional.empty(), List.of()))))
                .isEqualTo(
                        """
                        INSERT INTO "api"."t"("id", "name") SELECT "pgrst_body"."id", \
                        "pgrst_body"."name" FROM json_to_recordset(?::json) AS pgrst_body(\
                        "id" integer, "name" text) RETURNING 1\
                        """);
    }

    @Test
    void defaultsLieBeneathEachElement() {
        assertThat(Plans.source(Plans.silent(insert(true, Optional.empty(), List.of()))))
                .contains(
                        """
                        FROM jsonb_array_elements(?::jsonb) AS pgrst_element(value), LATERAL \
                        jsonb_to_record(jsonb_build_object(?::text, '?'::text) || \
                        pgrst_element.value) AS pgrst_body(\
                        """);
    }

    @Test
    void mergingCountsWhatIsOfferedAndWhatWasThere() {
        var merge = insert(false, Optional.of(new Conflict(true, List.of("id"))), List.of());

        assertThat(Plans.source(Plans.silent(merge)))
                .endsWith(
                        """
                         WHERE set_config('pgrst.inserted', (coalesce(nullif(current_setting(\
                        'pgrst.inserted', true), '')::int, 0) + 1)::text, true) <> '0' \
                        ON CONFLICT("id") DO UPDATE SET "id" = EXCLUDED."id", \
                        "name" = EXCLUDED."name" WHERE set_config('pgrst.inserted', (coalesce(\
                        nullif(current_setting('pgrst.inserted', true), '')::int, 0) - 1)::text, \
                        true) <> '-1' RETURNING 1\
                        """);
    }

    @Test
    void ignoringDoesNothing() {
        var ignore = insert(false, Optional.of(new Conflict(false, List.of("id"))), List.of("a"));

        assertThat(Plans.source(Plans.silent(ignore)))
                .endsWith(") ON CONFLICT(\"id\") DO NOTHING RETURNING \"api\".\"t\".\"a\"");
    }

    @Test
    void anUpsertComparesTheBodyWithTheKey() {
        var upsert =
                new Upsert(
                        Node.name("t"),
                        List.of(ID),
                        true,
                        List.of(new Comparison(Reference.of("id"), false, Node.is("1"))),
                        List.of("*"),
                        List.of("id"));

        assertThat(Plans.source(Plans.silent(upsert)))
                .contains("json_to_record(?::json)", " AND \"pgrst_body\".\"id\" = ? ON CONFLICT")
                .endsWith(" RETURNING \"api\".\"t\".*");
    }

    @Test
    void anUpdateJoinsItsBody() {
        var update =
                new Update(
                        Node.name("t"),
                        List.of(ID),
                        true,
                        List.of(new Comparison(Reference.of("a"), false, new In(List.of("1")))),
                        List.of(),
                        false);

        assertThat(Plans.source(Plans.silent(update)))
                .isEqualTo(
                        """
                        UPDATE "api"."t" SET "id" = "pgrst_body"."id" FROM json_to_record(\
                        ?::json) AS pgrst_body("id" integer) WHERE "api"."t"."a" = ANY (?) \
                        RETURNING 1\
                        """);
    }

    @Test
    void aDeletionNeedsNoCondition() {
        assertThat(Plans.source(Plans.silent(new Delete(Node.name("t"), List.of(), List.of()))))
                .isEqualTo("DELETE FROM \"api\".\"t\" RETURNING 1");
    }

    private static Insert insert(
            boolean defaults, Optional<Conflict> conflict, List<String> returning) {
        return new Insert(
                Node.name("t"),
                List.of(ID, NAME),
                false,
                conflict,
                returning,
                List.of("id"),
                defaults);
    }
}

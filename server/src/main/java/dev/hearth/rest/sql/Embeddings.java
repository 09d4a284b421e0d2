package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Embedding;
import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.Predicate.Embedded;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.ReadNode;

import java.util.List;
import java.util.Optional;

/// What is embedded: a join for each row of the node above, and what that node selects of it
/// (rest.md 5.2 to 5.5, 19.1).
///
/// Where there may be several rows, the join makes one of them, with the array of all under the
/// join's own name; it is null where there are none.
final class Embeddings {
    private Embeddings() {}

    /// Joins what is embedded, with a blank before it.
    static void join(StatementText out, Embedding embedding) {
        out.add(embedding.inner() ? " INNER" : " LEFT").add(" JOIN LATERAL (");
        if (toOne(embedding)) {
            Reads.select(out, embedding.rows());
        } else {
            arrays(out, embedding);
        }
        out.add(") AS ").alias(embedding.alias()).add(" ON ");
        if (embedding.inner() && !toOne(embedding)) {
            array(out, embedding).add(" IS NOT NULL");
        } else {
            out.add("TRUE");
        }
    }

    private static void arrays(StatementText out, Embedding embedding) {
        out.add("SELECT json_agg(").alias(embedding.alias()).add(".*)::jsonb AS ");
        out.alias(embedding.alias());
        if (embedding instanceof Spread spread) {
            Qualifier own = Qualifier.alias(spread.alias());
            for (SpreadField field : spread.fields()) {
                out.add(", COALESCE(json_agg(");
                lifted(out, spread, field);
                Fields.order(out, own, spread.order());
                out.add("), '[]')::jsonb AS ").identifier(field.name());
            }
        }
        out.add(" FROM (");
        Reads.select(out, embedding.rows());
        out.add(") AS ").alias(embedding.alias());
    }

    /// What the node above selects, none or several items.
    static List<Runnable> items(StatementText out, Embedding embedding) {
        return switch (embedding) {
            case Nested nested when nested.hidden() -> List.of();
            case Nested nested -> List.of(() -> nested(out, nested));
            case Spread spread ->
                    spread.fields().stream()
                            .<Runnable>map(field -> () -> spread(out, spread, field))
                            .toList();
        };
    }

    private static void nested(StatementText out, Nested nested) {
        if (nested.toOne()) {
            out.add("row_to_json(").alias(nested.alias()).add(".*)::jsonb");
        } else {
            out.add("COALESCE(");
            array(out, nested).add(", '[]')");
        }
        Fields.named(out, Optional.of(nested.key()));
    }

    private static void spread(StatementText out, Spread spread, SpreadField field) {
        Fields.aggregated(
                out, field.aggregate(), field.aggregateCast(), () -> lifted(out, spread, field));
        Fields.named(out, field.alias());
    }

    /// The fields that are not aggregated above.
    static List<SpreadField> plain(Spread spread) {
        return spread.fields().stream().filter(field -> field.aggregate().isEmpty()).toList();
    }

    /// A field by the name that it has below.
    static void lifted(StatementText out, Spread spread, SpreadField field) {
        out.column(Qualifier.alias(spread.alias()), field.name());
    }

    /// Whether something is embedded, or nothing is.
    static void test(StatementText out, ReadNode node, Embedded test) {
        boolean toMany =
                node.embeddings().stream()
                        .anyMatch(each -> each.alias().equals(test.alias()) && !toOne(each));
        out.alias(test.alias()).add(".");
        (toMany ? out.alias(test.alias()) : out.add("*"))
                .add(test.present() ? " IS DISTINCT FROM NULL" : " IS NOT DISTINCT FROM NULL");
    }

    private static boolean toOne(Embedding embedding) {
        return switch (embedding) {
            case Nested nested -> nested.toOne();
            case Spread spread -> spread.toOne();
        };
    }

    private static StatementText array(StatementText out, Embedding embedding) {
        return out.alias(embedding.alias()).add(".").alias(embedding.alias());
    }
}

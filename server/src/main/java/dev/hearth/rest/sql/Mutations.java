package dev.hearth.rest.sql;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Mutation.Conflict;
import dev.hearth.rest.plan.Mutation.Delete;
import dev.hearth.rest.plan.Mutation.Insert;
import dev.hearth.rest.plan.Mutation.Update;
import dev.hearth.rest.plan.Mutation.Upsert;
import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Qualifier;

import java.util.List;

/// Changes, which return what they changed (rest.md 10, 19.2).
///
/// Rows that are merged are counted as they pass by, in a setting of the transaction: one more for
/// each that is offered, one less for each that was there already. Zero is left where none is new.
final class Mutations {
    /// How many rows were new; null where nothing was offered.
    static final String INSERTED = "nullif(current_setting('pgrst.inserted', true), '')::int";

    private static final String OFFERED = counted("+", "0");
    private static final String THERE_ALREADY = counted("-", "-1");

    private Mutations() {}

    /// The comparison always holds: it is there to be worked out for each row.
    private static String counted(String sign, String never) {
        return "set_config('pgrst.inserted', (coalesce(%s, 0) %s 1)::text, true) <> '%s'"
                .formatted(INSERTED, sign, never);
    }

    /// Whether it counts the rows that are new.
    static boolean counts(Mutation mutation) {
        return switch (mutation) {
            case Insert insert -> insert.conflict().map(Conflict::merge).orElse(false);
            case Upsert _ -> true;
            case Update _, Delete _ -> false;
        };
    }

    /// Writes the change.
    static void write(StatementText out, Mutation mutation) {
        switch (mutation) {
            case Insert insert -> insert(out, insert);
            case Upsert upsert -> upsert(out, upsert);
            case Update update when update.columns().isEmpty() -> nothing(out, update);
            case Update update -> update(out, update);
            case Delete delete -> {
                out.add("DELETE FROM ").name(delete.relation());
                where(out, Qualifier.of(delete.relation()), delete.where());
                returning(out, delete);
            }
        }
    }

    private static void insert(StatementText out, Insert insert) {
        var payload = new Payload(insert.columns(), insert.object(), insert.defaults());
        rows(out, insert.relation(), payload);
        if (counts(insert)) {
            out.add(" WHERE ").add(OFFERED);
        }
        insert.conflict()
                .filter(conflict -> !conflict.columns().isEmpty())
                .ifPresent(conflict -> conflict(out, conflict, insert.columns()));
        returning(out, insert);
    }

    private static void upsert(StatementText out, Upsert upsert) {
        rows(out, upsert.relation(), new Payload(upsert.columns(), upsert.object(), false));
        out.add(" WHERE ").add(OFFERED);
        if (!upsert.where().isEmpty()) {
            out.add(" AND ");
            predicates(out, Payload.ROWS).all(upsert.where());
        }
        conflict(out, new Conflict(true, upsert.primaryKey()), upsert.columns());
        returning(out, upsert);
    }

    private static void rows(StatementText out, QualifiedName relation, Payload payload) {
        List<BodyColumn> columns = payload.columns();
        out.add("INSERT INTO ").name(relation);
        if (!columns.isEmpty()) {
            out.add("(").each(", ", columns, column -> out.identifier(column.name())).add(")");
        }
        out.add(" SELECT ").each(", ", columns, column -> out.column(Payload.ROWS, column.name()));
        out.add(" FROM ");
        payload.from(out);
    }

    private static void conflict(StatementText out, Conflict conflict, List<BodyColumn> columns) {
        out.add(" ON CONFLICT(").each(", ", conflict.columns(), out::identifier).add(")");
        if (!conflict.merge() || columns.isEmpty()) {
            out.add(" DO NOTHING");
            return;
        }
        out.add(" DO UPDATE SET ")
                .each(
                        ", ",
                        columns,
                        column ->
                                out.identifier(column.name())
                                        .add(" = EXCLUDED.")
                                        .identifier(column.name()));
        out.add(" WHERE ").add(THERE_ALREADY);
    }

    private static void update(StatementText out, Update update) {
        out.add("UPDATE ").name(update.relation()).add(" SET ");
        out.each(
                ", ",
                update.columns(),
                column ->
                        out.identifier(column.name())
                                .add(" = ")
                                .column(Payload.ROWS, column.name()));
        out.add(" FROM ");
        new Payload(update.columns(), update.object(), update.defaults()).from(out);
        where(out, Qualifier.of(update.relation()), update.where());
        returning(out, update);
    }

    /// `SET` needs at least one column. No rows, but with the columns that the answer names.
    private static void nothing(StatementText out, Update update) {
        out.add("SELECT ");
        columns(out, update);
        out.add(" FROM ").name(update.relation()).add(" WHERE FALSE");
    }

    private static void where(StatementText out, Qualifier own, List<Predicate> conditions) {
        predicates(out, own).where(conditions);
    }

    /// Nothing is embedded in a relation that is changed: only its outcome embeds.
    private static Predicates predicates(StatementText out, Qualifier own) {
        return new Predicates(out, own, _ -> out.add("FALSE"));
    }

    private static void returning(StatementText out, Mutation mutation) {
        out.add(" RETURNING ");
        columns(out, mutation);
    }

    /// Without a column no right to read is needed.
    private static void columns(StatementText out, Mutation mutation) {
        if (mutation.returning().isEmpty()) {
            out.add("1");
        }
        Qualifier own = Qualifier.of(mutation.relation());
        out.each(", ", mutation.returning(), column -> out.column(own, column));
    }
}

package dev.hearth.rest.outcome;

import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a role may do with a relation, by grants and by policies.
enum Right {
    SELECT,
    INSERT,
    UPDATE,
    DELETE;

    /// As SQL says it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The letter of a policy for this in the catalogs.
    String letter() {
        return switch (this) {
            case SELECT -> "r";
            case INSERT -> "a";
            case UPDATE -> "w";
            case DELETE -> "d";
        };
    }

    /// What a plan needs of a relation that it names, or reaches through a view, an embed or a
    /// trigger; of a function nobody knows what it does.
    static Set<Right> of(Plan.Statement plan, String relation) {
        return switch (plan) {
            case Plan.Read _ -> EnumSet.of(SELECT);
            case Plan.Call _ -> EnumSet.allOf(Right.class);
            case Plan.Write(Mutation mutation, _, _) -> {
                EnumSet<Right> rights = EnumSet.copyOf(of(mutation));
                if (!mutation.relation().name().equals(relation)) {
                    rights.add(SELECT);
                }
                yield rights;
            }
        };
    }

    private static List<Right> of(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Insert insert -> {
                var rights = new ArrayList<>(of(INSERT, !insert.returning().isEmpty()));
                if (insert.conflict().isPresent()) {
                    rights.addAll(List.of(UPDATE, SELECT));
                }
                yield rights;
            }
            case Mutation.Upsert _ -> List.of(INSERT, UPDATE, SELECT);
            case Mutation.Update update ->
                    of(UPDATE, !(update.where().isEmpty() && update.returning().isEmpty()));
            case Mutation.Delete delete ->
                    of(DELETE, !(delete.where().isEmpty() && delete.returning().isEmpty()));
        };
    }

    private static List<Right> of(Right right, boolean reads) {
        return reads ? List.of(right, SELECT) : List.of(right);
    }
}

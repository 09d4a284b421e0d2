package dev.hearth.client.database;

import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The terms of an `or`, an `and` or a `not`. For one thread, inside the call that gives it.
///
/// ```java
/// client.from("tasks").select()
///         .or(any -> any.eq("owner", me).and(all -> all.is("owner", null).lt("due", today)))
///         .execute(Task.class);
/// // or=(owner.eq.7,and(owner.is.null,due.lt.2027-01-01))
/// ```
///
/// Columns are those of the table itself: a column of an embedded table cannot stand here, but its
/// whole tree can be put on that table.
public final class Conditions implements Filters<Conditions> {

    private final Json json;
    private final List<String> terms = new ArrayList<>();

    Conditions(Json json) {
        this.json = json;
    }

    /// `(a.eq.1,b.gt.2)`.
    static String tree(Json json, Consumer<? super Conditions> said) {
        var conditions = new Conditions(json);
        said.accept(conditions);
        if (conditions.terms.isEmpty()) {
            throw new IllegalArgumentException("an empty or, and or not says nothing of a row");
        }
        return "(" + String.join(",", conditions.terms) + ")";
    }

    static String tree(String terms) {
        if (terms.isBlank()) {
            throw new IllegalArgumentException("an empty or or and says nothing of a row");
        }
        return "(" + terms + ")";
    }

    @Override
    public Conditions filter(String column, String operator, @Nullable Object value) {
        return term(Condition.of(column, operator, value, json).term());
    }

    @Override
    public Conditions or(String filters) {
        return term("or" + tree(filters));
    }

    @Override
    public Conditions or(Consumer<? super Conditions> any) {
        return term("or" + tree(json, any));
    }

    @Override
    public Conditions and(String filters) {
        return term("and" + tree(filters));
    }

    @Override
    public Conditions and(Consumer<? super Conditions> all) {
        return term("and" + tree(json, all));
    }

    @Override
    public Conditions not(Consumer<? super Conditions> all) {
        return term("not.and" + tree(json, all));
    }

    @Override
    public Conditions match(Map<String, ? extends @Nullable Object> query) {
        query.forEach((column, value) -> filter(column, value == null ? "is" : "eq", value));
        return this;
    }

    private Conditions term(String term) {
        terms.add(term);
        return this;
    }
}

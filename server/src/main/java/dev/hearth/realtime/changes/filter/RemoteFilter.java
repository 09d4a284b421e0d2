package dev.hearth.realtime.changes.filter;

import dev.hearth.database.Sql;
import dev.hearth.realtime.changes.sql.Bound;
import dev.hearth.realtime.changes.value.PgType;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// A filter that only the database can decide, as an expression over a value's text.
///
/// @param filter checked at subscribe
/// @param type the column's type, by its qualified name
public record RemoteFilter(Filter filter, String type) {

    /// Over values of the type.
    public static RemoteFilter of(Filter filter, PgType type) {
        return new RemoteFilter(filter, Sql.identifier(type.schema(), type.name()));
    }

    /// The statement that answers for a value; null is SQL's null. A null answer is no.
    public Bound ask(@Nullable String value) {
        String condition =
                switch (filter) {
                    case Filter.Compare compare -> operation(compare.comparison().symbol());
                    case Filter.Matches matches -> operation(matches.pattern().symbol());
                    case Filter.In _ -> "(?::text)::%1$s = any ((?::text)::%1$s[])".formatted(type);
                    case Filter.Distinct _ ->
                            "(?::text)::%1$s is distinct from (?::text)::%1$s".formatted(type);
                    case Filter.Is is ->
                            "(?::text)::%s is %s"
                                    .formatted(type, is.value().toUpperCase(Locale.ROOT));
                };
        String text = "select " + (filter.negated() ? "not (" + condition + ")" : condition);
        return filter instanceof Filter.Is
                ? Bound.of(text).with(value)
                : Bound.of(text).with(value).with(filter.value());
    }

    private String operation(String operator) {
        return "(?::text)::%1$s %2$s (?::text)::%1$s".formatted(type, operator);
    }
}

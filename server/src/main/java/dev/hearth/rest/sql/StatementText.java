package dev.hearth.rest.sql;

import dev.hearth.database.Sql;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.request.Asked;
import dev.hearth.rest.sql.Statement.Parameter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A statement while it is written: text and parameters side by side. For one thread.
///
/// Whatever comes from outside enters by one of four doors: a name is quoted, a value becomes a
/// parameter, the type of a cast is letters, digits, `_` and `$` or else is quoted, and SQL that
/// the database itself wrote is taken over.
final class StatementText {
    /// The most bytes of a name; the database cuts off the rest.
    private static final int LONGEST_NAME = 63;

    /// A `$` begins no word: two of them would open a string.
    private static final Pattern WORDS =
            Pattern.compile("[\\p{L}_][\\p{L}\\d_$]*+(?: ++[\\p{L}_][\\p{L}\\d_$]*+)*+");

    private final StringBuilder text = new StringBuilder(512);
    private final List<Parameter> parameters = new ArrayList<>();

    /// SQL of our own, without a question mark.
    StatementText add(String sql) {
        text.append(sql);
        return this;
    }

    /// SQL that the database wrote: a type, a default, the name of a function.
    ///
    /// The driver takes a question mark for a place unless it is quoted or doubled.
    StatementText verbatim(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char each = sql.charAt(at);
            if (each == '\'' || each == '"') {
                int end = endOfQuoted(sql, at);
                text.append(sql, at, end);
                at = end;
            } else {
                text.append(each == '?' ? "??" : each);
                at++;
            }
        }
        return this;
    }

    private static int endOfQuoted(String sql, int start) {
        char quote = sql.charAt(start);
        boolean escapes = quote == '\'' && start > 0 && (sql.charAt(start - 1) | ' ') == 'e';
        for (int at = start + 1; at < sql.length(); at++) {
            if (escapes && sql.charAt(at) == '\\') {
                at++;
            } else if (sql.charAt(at) == quote) {
                return at + 1;
            }
        }
        return sql.length();
    }

    /// A name, quoted. The database knows no NUL; a name that is empty it refuses.
    StatementText identifier(String name) {
        String known = name.replace("\0", "");
        return add(known.isEmpty() ? "\"\"" : Sql.identifier(known));
    }

    /// A name within the statement. One that the database would cut off, and then perhaps mistake
    /// for another, is replaced; nobody sees it.
    StatementText alias(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return identifier(
                bytes.length > LONGEST_NAME ? "pgrst_" + UUID.nameUUIDFromBytes(bytes) : name);
    }

    /// `"schema"."name"`
    StatementText name(QualifiedName name) {
        return identifier(name.schema()).add(".").identifier(name.name());
    }

    /// `"alias"`, or `"schema"."relation"`
    StatementText qualifier(Qualifier qualifier) {
        return qualifier
                .schema()
                .map(schema -> identifier(schema).add(".").identifier(qualifier.name()))
                .orElseGet(() -> alias(qualifier.name()));
    }

    /// `"relation"."column"`, or all columns of the relation for `*`
    StatementText column(Qualifier qualifier, String column) {
        qualifier(qualifier).add(".");
        return column.equals("*") ? add("*") : identifier(column);
    }

    /// The type of a cast, as it was asked for. What is no type is quoted, and refused by the
    /// database as a type that is not there.
    StatementText type(String asked) {
        String stripped = asked.strip();
        return WORDS.matcher(stripped).matches() ? add(stripped) : identifier(stripped);
    }

    /// A number of our own reckoning. As a value it would keep the database from planning once for
    /// all: it takes a limit that it does not know for a large one.
    StatementText number(long number) {
        text.append(number);
        return this;
    }

    /// A value.
    StatementText value(String value) {
        return parameter(new Parameter.Text(value));
    }

    /// Several values as one array.
    StatementText array(List<String> values) {
        return value(Asked.array(values));
    }

    /// A place.
    StatementText parameter(Parameter parameter) {
        parameters.add(parameter);
        return add("?");
    }

    /// Writes each item, parted by a separator.
    <T> StatementText each(String separator, List<T> items, Consumer<T> write) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                add(separator);
            }
            write.accept(items.get(i));
        }
        return this;
    }

    /// What was written so far.
    Statement statement() {
        return new Statement(text.toString(), parameters);
    }
}

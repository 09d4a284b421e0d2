package dev.hearth.auth;

import dev.hearth.auth.AuthEvent.DatabaseRefused;
import dev.hearth.auth.AuthProblem.RefusedByDatabase;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An error of the database that somebody's function, policy or constraint on the users' tables
/// raised, as opposed to a fault of ours or of the connection.
///
/// @param error what the server said
/// @param function the innermost function that was running, or `-`
record DatabaseRefusal(ServerErrorMessage error, String function) {

    /// The first line that names a function, for example `PL/pgSQL function
    /// public.handle_new_user() line 3 at RAISE` or `SQL function "handle_new_user" statement 1`.
    private static final Pattern FUNCTION =
            Pattern.compile("(?m)^(?:PL/pgSQL|SQL|PL/\\w+) function \"?([^\\s(\"]+)");

    /// Raised on purpose (P0001, PTnnn), or a violated constraint (class 23).
    private static final Pattern DELIBERATE = Pattern.compile("P0001|PT\\d{3}|23\\w{3}");

    /// What the error says, when it is such a one.
    static Optional<DatabaseRefusal> of(SQLException e) {
        if (!(e instanceof PSQLException psql) || psql.getServerErrorMessage() == null) {
            return Optional.empty();
        }
        ServerErrorMessage error = psql.getServerErrorMessage();
        Matcher function = FUNCTION.matcher(text(error.getWhere()));
        if (function.find()) {
            return Optional.of(new DatabaseRefusal(error, function.group(1)));
        }
        return DELIBERATE.matcher(text(error.getSQLState())).matches()
                ? Optional.of(new DatabaseRefusal(error, "-"))
                : Optional.empty();
    }

    /// What the log gets: names, but not the message, which may quote the row.
    DatabaseRefused event(String request) {
        String object =
                Stream.of(error.getConstraint(), error.getColumn(), error.getTable())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("-");
        return new DatabaseRefused(request, text(error.getSQLState()), function, object);
    }

    /// What the caller gets.
    RefusedByDatabase problem(String attempt) {
        return new RefusedByDatabase(
                attempt,
                text(error.getSQLState()),
                text(error.getMessage()),
                Optional.ofNullable(error.getHint()),
                Optional.ofNullable(error.getDetail()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}

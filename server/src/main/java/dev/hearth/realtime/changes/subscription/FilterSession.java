package dev.hearth.realtime.changes.subscription;

import dev.hearth.database.Sql;
import dev.hearth.realtime.changes.filter.Filter;
import dev.hearth.realtime.changes.filter.RemoteFilter;
import dev.hearth.realtime.changes.sql.Bound;
import dev.hearth.realtime.changes.sql.SqlStates;
import dev.hearth.realtime.changes.value.PgType;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Casts of filter values, as the caller and under the stream's settings, in one transaction that
/// is rolled back. Values that are written canonically already are not asked for.
final class FilterSession implements AutoCloseable {

    private static final int MOST_VALUES = 100;
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /// Nine digits fit all but int2.
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,8}");

    private static final long INT2 = 21;
    private static final Set<Long> WHOLES = Set.of(20L, 23L);
    private static final Set<Long> TEXTS = Set.of(25L, 1043L);
    private static final long UUID_OID = 2950;

    private static final String READABLE =
            """
            select a.attnum from pg_catalog.pg_attribute a
            where a.attrelid = ?::int8::oid and a.attnum > 0 and not a.attisdropped
              and pg_catalog.has_column_privilege(?, a.attrelid, a.attnum, 'SELECT')\
            """;

    private static final String ASSUME =
            """
            select set_config('role', ?, true), set_config('request.jwt.claims', ?, true),
                   set_config('statement_timeout', '2000', true),
                   set_config('search_path', 'public, extensions', true),
                   set_config('TimeZone', 'UTC', true),
                   set_config('DateStyle', 'ISO, MDY', true),
                   set_config('IntervalStyle', 'postgres', true),
                   set_config('bytea_output', 'hex', true),
                   set_config('extra_float_digits', '1', true),
                   set_config('lc_monetary', 'C', true)\
            """;

    private final Connection connection;
    private final Caller caller;
    private boolean begun;

    FilterSession(Connection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /// Numbers of the columns that the caller may SELECT.
    Set<Integer> readable(long table) throws SQLException {
        var readable = new HashSet<Integer>();
        try (PreparedStatement statement = connection.prepareStatement(READABLE)) {
            statement.setString(1, String.valueOf(table));
            statement.setString(2, caller.role());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    readable.add(rows.getInt(1));
                }
            }
        }
        return readable;
    }

    /// The value as the type's output function writes it.
    String canonical(String value, PgType type) throws SQLException {
        if (isCanonical(value, type)) {
            return value;
        }
        String text =
                one(Bound.of("select format('%s', (?::text)::" + name(type) + ")").with(value));
        return text == null ? "" : text;
    }

    private static boolean isCanonical(String value, PgType type) {
        long oid = type.oid();
        return (TEXTS.contains(oid) && value.indexOf('\0') < 0)
                || (WHOLES.contains(oid) && WHOLE.matcher(value).matches())
                || (oid == INT2 && value.length() <= 4 && WHOLE.matcher(value).matches())
                || (oid == UUID_OID && UUID.matcher(value).matches());
    }

    /// The values of an array literal, canonical; empty is null.
    List<Optional<String>> list(Asked asked, String array, PgType type)
            throws RefusedBinding, SQLException {
        begin();
        var values = new ArrayList<Optional<String>>();
        String query =
                "select case when v is distinct from null then format('%s', v) end,"
                        + " pg_catalog.array_length(a.a, 1) from (select (?::text)::"
                        + name(type)
                        + "[]) as a(a) left join lateral unnest(a.a) as u(v) on true";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, array);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int length = rows.getInt(2);
                    if (length > MOST_VALUES) {
                        throw asked.refused(
                                "P0001", "too many values for `in` filter. Maximum 100");
                    }
                    if (length > 0) {
                        values.add(Optional.ofNullable(rows.getString(1)));
                    }
                }
            }
        }
        return values;
    }

    /// Shows that the database can decide the filter, on a null.
    void tryOut(Filter filter, PgType type) throws SQLException {
        one(RemoteFilter.of(filter, type).ask(null));
    }

    /// Shows that the type has the pattern's operator and that the pattern is one.
    void tryPattern(Asked asked, Filter.Matches filter, PgType type)
            throws RefusedBinding, SQLException {
        String operator = filter.pattern().word();
        try {
            tryOut(filter, type);
        } catch (SQLException e) {
            if (SqlStates.of(e).equals("42883")) {
                restart();
                throw asked.refused(
                        "P0001",
                        "operator %s requires a text-compatible column type, got %s"
                                .formatted(operator, printed(type)));
            }
            throw e;
        }
        boolean regular =
                filter.pattern() == Filter.Pattern.MATCH
                        || filter.pattern() == Filter.Pattern.IMATCH;
        if (!regular) {
            return;
        }
        try {
            one(Bound.of("select '' ~ ?::text").with(filter.value()));
        } catch (SQLException e) {
            throw asked.refused(
                    "P0001",
                    "invalid regular expression for %s filter: %s".formatted(operator, message(e)));
        }
    }

    /// The type's name as SQL writes it: `integer`.
    String printed(PgType type) throws SQLException {
        String name =
                one(
                        Bound.of("select format_type(?::int8::oid, null)")
                                .with(String.valueOf(type.oid())));
        return name == null ? type.name() : name;
    }

    /// The database's own words, without the driver's additions.
    static String message(SQLException e) {
        if (e instanceof PSQLException refused) {
            ServerErrorMessage server = refused.getServerErrorMessage();
            if (server != null && server.getMessage() != null) {
                return server.getMessage();
            }
        }
        return String.valueOf(e.getMessage());
    }

    @Override
    public void close() throws SQLException {
        if (begun && !connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void restart() throws SQLException {
        close();
        begun = false;
    }

    private static String name(PgType type) {
        return Sql.identifier(type.schema(), type.name());
    }

    private @Nullable String one(Bound query) throws SQLException {
        begin();
        try (PreparedStatement statement = connection.prepareStatement(query.text())) {
            query.bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private void begin() throws SQLException {
        if (begun) {
            return;
        }
        connection.setAutoCommit(false);
        begun = true;
        try (PreparedStatement statement = connection.prepareStatement(ASSUME)) {
            statement.setString(1, caller.role());
            statement.setString(2, caller.claims());
            statement.execute();
        }
    }
}

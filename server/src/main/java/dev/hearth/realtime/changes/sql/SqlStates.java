package dev.hearth.realtime.changes.sql;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// What an error of the database means for this room.
public final class SqlStates {

    /// Names of conditions, as upstream's messages carry them, for what a filter can raise.
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("0A000", "feature_not_supported"),
                    Map.entry("21000", "cardinality_violation"),
                    Map.entry("22001", "string_data_right_truncation"),
                    Map.entry("22003", "numeric_value_out_of_range"),
                    Map.entry("22007", "invalid_datetime_format"),
                    Map.entry("22008", "datetime_field_overflow"),
                    Map.entry("22015", "interval_field_overflow"),
                    Map.entry("22021", "character_not_in_repertoire"),
                    Map.entry("22023", "invalid_parameter_value"),
                    Map.entry("22025", "invalid_escape_sequence"),
                    Map.entry("2201B", "invalid_regular_expression"),
                    Map.entry("22P02", "invalid_text_representation"),
                    Map.entry("23502", "not_null_violation"),
                    Map.entry("23514", "check_violation"),
                    Map.entry("42501", "insufficient_privilege"),
                    Map.entry("42601", "syntax_error"),
                    Map.entry("42703", "undefined_column"),
                    Map.entry("42704", "undefined_object"),
                    Map.entry("42804", "datatype_mismatch"),
                    Map.entry("42883", "undefined_function"),
                    Map.entry("42P01", "undefined_table"),
                    Map.entry("54000", "program_limit_exceeded"),
                    Map.entry("57014", "query_canceled"),
                    Map.entry("P0001", "raise_exception"));

    private SqlStates() {}

    /// The code; empty where the error has none.
    public static String of(SQLException e) {
        return Optional.ofNullable(e.getSQLState()).orElse("");
    }

    /// Whether the database is away, or has no room for us, rather than against the statement.
    public static boolean isAway(SQLException e) {
        String state = of(e);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.equals("25006");
    }

    /// Whether the same may succeed later: a lock was not had in time.
    public static boolean isTimeout(SQLException e) {
        return of(e).equals("57014") || of(e).equals("55P03");
    }

    /// `(invalid_text_representation) `, or nothing for a condition that has no name here.
    public static String named(String state) {
        String name = NAMES.get(state);
        return name == null ? "" : "(" + name + ") ";
    }
}

package dev.hearth.rest.sql;

import dev.hearth.rest.sql.Statement.Parameter;
import dev.hearth.rest.sql.Statement.Parameter.Body;
import dev.hearth.rest.sql.Statement.Parameter.BodyBytes;
import dev.hearth.rest.sql.Statement.Parameter.Place;
import dev.hearth.rest.sql.Statement.Parameter.Text;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/// What a statement answers.
record Execution(
        @Nullable Long total,
        long page,
        @Nullable String header,
        String body,
        @Nullable String headers,
        @Nullable String status,
        @Nullable Integer inserted) {

    static Execution of(Connection connection, Statement statement) throws SQLException {
        return of(connection, statement, "");
    }

    static Execution of(Connection connection, Statement statement, String body)
            throws SQLException {
        try (var prepared = prepare(connection, statement, body);
                var rows = prepared.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("no row");
            }
            return of(rows);
        }
    }

    private static Execution of(ResultSet rows) throws SQLException {
        long total = rows.getLong("total_result_set");
        Long known = rows.wasNull() ? null : total;
        @Nullable String inserted = ofWrite(rows, "response_inserted");
        var execution =
                new Execution(
                        known,
                        rows.getLong("page_total"),
                        ofWrite(rows, "header"),
                        rows.getString("body"),
                        rows.getString("response_headers"),
                        rows.getString("response_status"),
                        inserted == null ? null : Integer.valueOf(inserted));
        if (rows.next()) {
            throw new IllegalStateException("more than one row");
        }
        return execution;
    }

    /// Statements that write have more columns than those that read.
    private static @Nullable String ofWrite(ResultSet rows, String column) throws SQLException {
        var columns = rows.getMetaData();
        for (int index = 1; index <= columns.getColumnCount(); index++) {
            if (columns.getColumnLabel(index).equals(column)) {
                return rows.getString(index);
            }
        }
        return null;
    }

    static PreparedStatement prepare(Connection connection, Statement statement, String body)
            throws SQLException {
        var prepared = connection.prepareStatement(statement.text());
        int index = 1;
        for (Parameter parameter : statement.parameters()) {
            switch (parameter) {
                case Text(String value) -> prepared.setObject(index, value, Types.OTHER);
                case Place _ -> throw new IllegalStateException("of no request");
                case Body _ -> prepared.setObject(index, body, Types.OTHER);
                case BodyBytes _ -> prepared.setBytes(index, body.getBytes(StandardCharsets.UTF_8));
            }
            index++;
        }
        return prepared;
    }
}

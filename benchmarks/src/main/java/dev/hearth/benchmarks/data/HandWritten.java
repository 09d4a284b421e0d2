package dev.hearth.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.javalin.Javalin;
import io.javalin.http.Context;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// The yardstick: handlers as a good developer writes them for exactly these requests, in a process
/// of their own. They know the caller already and check no key.
///
/// Under `/separate` begin, settings, statement and commit go one after the other, and Jackson
/// writes the rows. Under `/flush` everything leaves at once and the database builds the body.
public final class HandWritten {

    private static final String CLAIMS = "{\"sub\":\"ann\",\"role\":\"authenticated\"}";
    private static final String SETTINGS =
            "select set_config('role', ?, true), set_config('request.jwt.claims', ?, true)";
    private static final String ROW =
            "select id, owner, name, price, owner_id from items where id = ?";
    private static final String ROWS =
            "select id, owner, name, price, owner_id from items where id >= ? order by id limit"
                    + " 100";
    private static final String EMBED =
            """
            select i.id, i.name, row_to_json(o.*)::jsonb as owner from items i
            left join lateral (
                select o.name, row_to_json(c.*)::jsonb as city from owners o
                left join lateral (select c.name from cities c where c.id = o.city_id) c on true
                where o.id = i.owner_id) o on true
            where i.id = ?\
            """;
    private static final String INSERT = "insert into entries (owner, text) values (?, ?)";
    private static final String INSERT_MANY =
            "insert into entries (owner, text) select owner, text from"
                    + " json_to_recordset(?::json) as _ (owner text, text text)";
    private static final String FUNCTION = "select add_them(?, ?)";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HikariDataSource pool;

    private HandWritten(String url, String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("authenticator");
        config.setPassword(password);
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
    }

    /// @param arguments JDBC address of the database, and the password of `authenticator`
    public static void main(String[] arguments) {
        var handlers = new HandWritten(arguments[0], arguments[1]);
        Javalin server =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.concurrency.useVirtualThreads = true;
                            config.routes.get("/separate/row", c -> handlers.separate(c, ROW));
                            config.routes.get("/separate/rows", c -> handlers.separate(c, ROWS));
                            config.routes.post("/separate/function", handlers::separateFunction);
                            config.routes.get("/flush/row", c -> handlers.flush(c, ROW));
                            config.routes.get("/flush/rows", c -> handlers.flush(c, ROWS));
                            config.routes.get("/flush/embed", c -> handlers.flush(c, EMBED));
                            config.routes.post("/flush/function", handlers::flushFunction);
                            config.routes.post("/flush/insert", handlers::flushInsert);
                            config.routes.post("/flush/insert-many", handlers::flushInsertMany);
                        });
        server.start("127.0.0.1", 0);
        System.out.println(server.port());
    }

    /// What is done between begin and commit.
    private interface Work {
        Object run(Connection connection) throws SQLException;
    }

    private void separate(Context context, String sql) throws SQLException, IOException {
        int id = Integer.parseInt(context.queryParam("id"));
        transaction(
                context,
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setInt(1, id);
                        var rows = new ArrayList<LinkedHashMap<String, Object>>();
                        try (ResultSet result = statement.executeQuery()) {
                            var columns = result.getMetaData();
                            while (result.next()) {
                                var row = new LinkedHashMap<String, Object>();
                                for (int i = 1; i <= columns.getColumnCount(); i++) {
                                    row.put(columns.getColumnName(i), result.getObject(i));
                                }
                                rows.add(row);
                            }
                        }
                        return rows;
                    }
                });
    }

    private void separateFunction(Context context) throws SQLException, IOException {
        JsonNode body = JSON.readTree(context.bodyAsBytes());
        transaction(
                context,
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(FUNCTION)) {
                        statement.setInt(1, body.get("a").intValue());
                        statement.setInt(2, body.get("b").intValue());
                        try (ResultSet result = statement.executeQuery()) {
                            result.next();
                            return result.getInt(1);
                        }
                    }
                });
    }

    private void transaction(Context context, Work work) throws SQLException, IOException {
        Object answer;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement settings = connection.prepareStatement(SETTINGS)) {
                settings.setString(1, "authenticated");
                settings.setString(2, CLAIMS);
                settings.execute();
            }
            answer = work.run(connection);
            connection.commit();
        }
        context.contentType("application/json").result(JSON.writeValueAsBytes(answer));
    }

    private void flush(Context context, String sql) throws SQLException {
        int id = Integer.parseInt(context.queryParam("id"));
        flush(
                context,
                "select coalesce(json_agg(t), '[]')::text from (" + sql + ") t",
                List.of(id));
    }

    private void flushFunction(Context context) throws SQLException, IOException {
        JsonNode body = JSON.readTree(context.bodyAsBytes());
        flush(context, FUNCTION, List.of(body.get("a").intValue(), body.get("b").intValue()));
    }

    private void flushInsert(Context context) throws SQLException, IOException {
        JsonNode body = JSON.readTree(context.bodyAsBytes());
        flush(
                context.status(201),
                INSERT,
                List.of(body.get("owner").textValue(), body.get("text").textValue()));
    }

    private void flushInsertMany(Context context) throws SQLException {
        flush(context.status(201), INSERT_MANY, List.of(context.body()));
    }

    /// Begin, settings, statement and commit leave in one flush.
    private void flush(Context context, String sql, List<Object> values) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("begin;" + SETTINGS + ";" + sql + ";commit")) {
            statement.setString(1, "authenticated");
            statement.setString(2, CLAIMS);
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof Integer number) {
                    statement.setInt(i + 3, number);
                } else {
                    statement.setString(i + 3, (String) values.get(i));
                }
            }
            statement.execute();
            statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
            statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
            try (ResultSet result = statement.getResultSet()) {
                if (result != null) {
                    result.next();
                    context.contentType("application/json").result(result.getBytes(1));
                }
            }
        }
    }
}

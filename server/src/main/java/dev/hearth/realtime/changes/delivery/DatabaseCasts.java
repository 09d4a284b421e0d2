package dev.hearth.realtime.changes.delivery;

import dev.hearth.database.Sql;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.value.JsonBuffer;
import dev.hearth.realtime.changes.value.JsonCasts;
import dev.hearth.realtime.changes.value.Shape;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Runs the cast to json of a user's own type: a round trip for each value, which only such types
/// cost. Where it fails, the value is its text.
record DatabaseCasts(ChangeDatabase database) implements JsonCasts {

    @Override
    public String toJson(Shape.Cast cast, String text) {
        String query =
                "select ((?::text)::"
                        + Sql.identifier(cast.schema(), cast.type())
                        + ")::json::text";
        try {
            return database.catalog(
                    connection -> {
                        try (PreparedStatement statement = connection.prepareStatement(query)) {
                            statement.setString(1, text);
                            try (ResultSet rows = statement.executeQuery()) {
                                rows.next();
                                String json = rows.getString(1);
                                return json == null ? "null" : json;
                            }
                        }
                    });
        } catch (SQLException _) {
            return new JsonBuffer(text.length() + 8).string(text).toString();
        }
    }
}

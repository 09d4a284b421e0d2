package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.Session.Method;
import dev.hearth.database.Sql;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.sessions` and `auth.mfa_amr_claims`. All methods run in the caller's
/// transaction.
final class Sessions {

    private static final String SELECT =
            """
            select s.id, s.user_id, s.created_at, s.refreshed_at, s.not_after, s.aal, s.tag,
                   s.oauth_client_id is not null as of_oauth_client,
                   (select json_agg(json_build_object(
                               'name', a.authentication_method,
                               'seconds', floor(extract(epoch from a.updated_at))::bigint)
                               order by a.updated_at desc, a.id)
                      from auth.mfa_amr_claims a where a.session_id = s.id) as methods
              from auth.sessions s
            """;

    /// Opens a session.
    ///
    /// @param method how the user proved who they are, a name of the claim `amr`
    void open(
            Connection connection,
            UUID id,
            UUID userId,
            String method,
            ClientFacts client,
            Instant now)
            throws SQLException {
        OffsetDateTime time = Rows.timestamp(now);
        Rows.change(
                connection,
                Sql.of(
                        """
                        insert into auth.sessions
                            (id, user_id, created_at, updated_at, aal, user_agent, ip)
                        values (?, ?, ?, ?, 'aal1', ?, ?::inet)\
                        """,
                        id,
                        userId,
                        time,
                        time,
                        client.userAgent(),
                        client.address()));
        Rows.change(
                connection,
                Sql.of(
                        """
                        insert into auth.mfa_amr_claims
                            (id, session_id, created_at, updated_at, authentication_method)
                        values (?, ?, ?, ?, ?)\
                        """,
                        UUID.randomUUID(),
                        id,
                        time,
                        time,
                        method));
    }

    /// The session; empty when there is none.
    Optional<Session> find(Connection connection, UUID id) throws SQLException {
        return Rows.first(connection, Sql.of(SELECT + "where s.id = ?", id), Sessions::session);
    }

    /// Locks the session without waiting; empty when another transaction has it, or there is none.
    Optional<Session> lock(Connection connection, UUID id) throws SQLException {
        return Rows.first(
                connection,
                Sql.of(SELECT + "where s.id = ? for update of s skip locked", id),
                Sessions::session);
    }

    /// All sessions of a user.
    List<Session> of(Connection connection, UUID userId) throws SQLException {
        return Rows.all(
                connection, Sql.of(SELECT + "where s.user_id = ?", userId), Sessions::session);
    }

    /// Notes a refresh and where it came from.
    void refreshed(Connection connection, UUID id, ClientFacts client, Instant now)
            throws SQLException {
        Rows.change(
                connection,
                Sql.of(
                        """
                        update auth.sessions
                           set refreshed_at = ?, user_agent = ?, ip = ?::inet, updated_at = ?
                         where id = ?\
                        """,
                        Rows.timestamp(now).toLocalDateTime(),
                        client.userAgent(),
                        client.address(),
                        Rows.timestamp(now),
                        id));
    }

    /// Ends one session; its tokens go with it.
    void end(Connection connection, UUID id) throws SQLException {
        Rows.change(connection, Sql.of("delete from auth.sessions where id = ?", id));
    }

    /// Ends all sessions of a user but one.
    void endOthers(Connection connection, UUID userId, UUID kept) throws SQLException {
        Rows.change(
                connection,
                Sql.of("delete from auth.sessions where user_id = ? and id <> ?", userId, kept));
    }

    /// Ends all sessions of a user.
    void endAll(Connection connection, UUID userId) throws SQLException {
        Rows.change(connection, Sql.of("delete from auth.sessions where user_id = ?", userId));
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                Rows.instant(row, "created_at").orElse(Instant.EPOCH),
                // The column has no time zone; it holds UTC.
                Optional.ofNullable(row.getObject("refreshed_at", LocalDateTime.class))
                        .map(time -> time.toInstant(ZoneOffset.UTC)),
                Rows.instant(row, "not_after"),
                Rows.text(row, "aal"),
                Rows.text(row, "tag"),
                row.getBoolean("of_oauth_client"),
                methods(row.getString("methods")));
    }

    private static List<Method> methods(@Nullable String json) {
        var methods = new ArrayList<Method>();
        if (json != null) {
            for (JsonNode item : Json.row(json)) {
                methods.add(new Method(item.path("name").asText(), item.path("seconds").asLong()));
            }
        }
        return methods;
    }
}

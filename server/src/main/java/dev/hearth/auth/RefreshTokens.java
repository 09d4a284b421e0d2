package dev.hearth.auth;

import dev.hearth.database.Sql;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The rows of `auth.refresh_tokens`. All methods run in the caller's transaction.
final class RefreshTokens {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 12;
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{12}");
    private static final String SELECT =
            """
            select id, token, user_id, session_id, parent, revoked, updated_at
              from auth.refresh_tokens
            """;

    /// One row.
    ///
    /// @param id grows with each token
    /// @param value what the client holds
    /// @param userId whose it is; the column is a text
    /// @param sessionId the session, which very old rows lack
    /// @param parent the token for which this one was given, or empty
    /// @param revoked whether it was used up
    /// @param updatedAt when it was made or used up
    record RefreshToken(
            long id,
            String value,
            String userId,
            Optional<UUID> sessionId,
            String parent,
            boolean revoked,
            Instant updatedAt) {

        /// The id only: the token is a secret.
        @Override
        public String toString() {
            return "RefreshToken[" + id + "]";
        }
    }

    private final SecureRandom random = new SecureRandom();

    /// Whether a text can be one of our tokens.
    static boolean wellFormed(String value) {
        return FORM.matcher(value).matches();
    }

    /// Locks a token without waiting; empty when another transaction has it, or there is none.
    Optional<RefreshToken> lock(Connection connection, String value) throws SQLException {
        return Rows.first(
                connection,
                Sql.of(SELECT + "where token = ? for update skip locked", value),
                RefreshTokens::token);
    }

    /// Whether there is such a token.
    boolean exists(Connection connection, String value) throws SQLException {
        return Rows.exists(
                connection, Sql.of("select 1 from auth.refresh_tokens where token = ?", value));
    }

    /// The newest token of a session that was not used up.
    Optional<RefreshToken> active(Connection connection, UUID sessionId) throws SQLException {
        return Rows.first(
                connection,
                Sql.of(
                        SELECT + "where session_id = ? and not revoked order by id desc limit 1",
                        sessionId),
                RefreshTokens::token);
    }

    /// Makes a token.
    ///
    /// @param parent the token for which it is given, null for the first one of a session
    /// @return what the client gets
    String add(
            Connection connection,
            UUID userId,
            UUID sessionId,
            @Nullable String parent,
            Instant now)
            throws SQLException {
        String value = value();
        OffsetDateTime time = Rows.timestamp(now);
        Rows.change(
                connection,
                Sql.of(
                        """
                        insert into auth.refresh_tokens
                            (instance_id, token, user_id, parent, session_id, revoked,
                             created_at, updated_at)
                        values (?, ?, ?, ?, ?, false, ?, ?)\
                        """,
                        Users.INSTANCE,
                        value,
                        userId.toString(),
                        parent,
                        sessionId,
                        time,
                        time));
        return value;
    }

    /// Uses a token up. One that is used up already keeps its time, so that the interval in which
    /// it may come again is not renewed.
    void revoke(Connection connection, long id, Instant now) throws SQLException {
        Rows.change(
                connection,
                Sql.of(
                        """
                        update auth.refresh_tokens set revoked = true, updated_at = ?
                         where id = ? and revoked is not true\
                        """,
                        Rows.timestamp(now),
                        id));
    }

    /// Uses up every token of a session.
    void revokeFamily(Connection connection, UUID sessionId, Instant now) throws SQLException {
        Rows.change(
                connection,
                Sql.of(
                        """
                        update auth.refresh_tokens set revoked = true, updated_at = ?
                         where session_id = ? and revoked is not true\
                        """,
                        Rows.timestamp(now),
                        sessionId));
    }

    /// Removes a token that has no session.
    void remove(Connection connection, long id) throws SQLException {
        Rows.change(connection, Sql.of("delete from auth.refresh_tokens where id = ?", id));
    }

    private String value() {
        var value = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return value.toString();
    }

    private static RefreshToken token(ResultSet row) throws SQLException {
        return new RefreshToken(
                row.getLong("id"),
                Rows.text(row, "token"),
                Rows.text(row, "user_id"),
                Optional.ofNullable(row.getObject("session_id", UUID.class)),
                Rows.text(row, "parent"),
                row.getBoolean("revoked"),
                Rows.instant(row, "updated_at").orElse(Instant.EPOCH));
    }
}

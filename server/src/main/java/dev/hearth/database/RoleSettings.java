package dev.hearth.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings that roles ask for (`alter role anon set statement_timeout = '3s'`). `set role`
/// does not apply them, so every caller's transaction does, as PostgREST does (rest.md 13).
///
/// Only those are kept that the login role may set: user settings, and others granted to it.
///
/// @param byRole role to setting to value
record RoleSettings(Map<String, Map<String, String>> byRole) {

    static final RoleSettings NONE = new RoleSettings(Map.of());

    private static final String QUERY =
            """
            select role.rolname, split_part(item, '=', 1), substr(item, strpos(item, '=') + 1)
            from pg_roles role
            join pg_db_role_setting setting on setting.setrole = role.oid
            join lateral unnest(setting.setconfig) item on true
            join pg_settings known on known.name = split_part(item, '=', 1)
            where pg_has_role('authenticator', role.oid, 'MEMBER')
              and role.rolname <> 'authenticator'
              and setting.setdatabase in (0, (select oid from pg_database where datname = current_database()))
              and (known.context = 'user' or has_parameter_privilege('authenticator', known.name, 'SET'))
            order by setting.setdatabase, item
            """;

    Map<String, String> of(String role) {
        return byRole.getOrDefault(role, Map.of());
    }

    static RoleSettings read(Connection connection) throws SQLException {
        var byRole = new HashMap<String, Map<String, String>>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                byRole.computeIfAbsent(rows.getString(1), role -> new LinkedHashMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
        return new RoleSettings(byRole);
    }
}

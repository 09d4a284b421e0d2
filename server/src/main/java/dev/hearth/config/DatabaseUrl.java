package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// Where a database is and as whom to log in, from `postgresql://user:password@host:port/database`
/// with further connection parameters as its query.
///
/// @param host a name or an address
/// @param port the TCP port
/// @param database the name of the database
/// @param user the login role
/// @param password its password; empty where the server asks for none
/// @param parameters parameters of the driver, for example `sslmode`
public record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        Map<String, String> parameters) {

    /// Copies the parameters.
    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /// Reads the text of a setting.
    ///
    /// @param setting the setting's name, for the refusal
    /// @throws Refusal with a [SettingProblem] when the text is no such address
    public static DatabaseUrl parse(String setting, String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException _) {
            throw refuse(setting);
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        if (!(scheme.equals("postgresql") || scheme.equals("postgres")) || uri.getHost() == null) {
            throw refuse(setting);
        }
        String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("postgres").split(":", 2);
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                path.length() > 1 ? decode(path.substring(1)) : "postgres",
                decode(login[0]),
                new Secret(login.length > 1 ? decode(login[1]) : ""),
                query(uri.getRawQuery() == null ? "" : uri.getRawQuery()));
    }

    /// The same database as another role.
    public DatabaseUrl as(String role, Secret itsPassword) {
        return new DatabaseUrl(host, port, database, role, itsPassword, parameters);
    }

    /// The driver's address, without login.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, encode(database));
    }

    /// Login and parameters for the driver.
    public Properties properties() {
        var properties = new Properties();
        properties.putAll(parameters);
        properties.setProperty("user", user);
        properties.setProperty("password", password.value());
        return properties;
    }

    /// The address as people paste it, with the password.
    public String reveal() {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(encode(user), encode(password.value()), host, port, encode(database));
    }

    /// Host, port and database; neither password nor parameters.
    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, database);
    }

    private static Map<String, String> query(String raw) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Refusal refuse(String setting) {
        return new Refusal(
                new SettingProblem(
                        setting,
                        setting + " is not an address of a PostgreSQL database",
                        "Write postgresql://user:password@host:5432/database, with special"
                                + " characters of the password percent-encoded"));
    }
}

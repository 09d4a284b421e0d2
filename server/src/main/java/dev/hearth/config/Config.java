package dev.hearth.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything that can be set, read once. Immutable; secrets in it print as nothing.
///
/// @param development whether this is local development: embedded database **and** loopback
/// @param data the data folder (`HEARTH_DATA`)
/// @param project a project whose migrations are applied (`HEARTH_PROJECT`)
/// @param with further parts of the database side (`HEARTH_WITH`), for example `support-chat`
/// @param http the front door
/// @param database the database
/// @param token keys and tokens
/// @param auth who may sign in, and how
/// @param sockets limits of a WebSocket
/// @param realtime limits of channels
/// @param changes how changes leave the database
/// @param rest the data API
/// @param unheeded names that are set and have no effect that somebody might expect
public record Config(
        boolean development,
        Path data,
        Optional<Path> project,
        List<String> with,
        HttpConfig http,
        DatabaseConfig database,
        TokenConfig token,
        AuthConfig auth,
        SocketConfig sockets,
        RealtimeConfig realtime,
        ChangesConfig changes,
        RestConfig rest,
        List<String> unheeded) {

    /// Copies the lists.
    public Config {
        with = List.copyOf(with);
        unheeded = List.copyOf(unheeded);
    }

    /// Reads and checks the settings.
    ///
    /// @throws dev.hearth.problem.Refusal with a [SettingProblem] for the first that makes no sense
    public static Config from(Settings settings) {
        HttpConfig http = HttpConfig.from(settings);
        DatabaseConfig database = DatabaseConfig.from(settings);
        boolean development = database.embedded() && http.loopback();
        return new Config(
                development,
                Path.of(settings.text("HEARTH_DATA").orElse(".hearth")),
                settings.text("HEARTH_PROJECT").map(Path::of),
                settings.list("HEARTH_WITH", List.of()),
                http,
                database,
                TokenConfig.from(settings, development, http),
                AuthConfig.from(settings, development),
                SocketConfig.from(settings),
                RealtimeConfig.from(settings),
                ChangesConfig.from(settings),
                RestConfig.from(settings, development),
                RestConfig.unheeded(settings));
    }

    /// Whether the settings ask for keys that they do not hold: outside development, without
    /// `JWT_SECRET`. The caller then makes some, keeps them, and adds them to the settings.
    public static boolean lacksKeys(Settings settings) {
        boolean development =
                DatabaseConfig.from(settings).embedded() && HttpConfig.from(settings).loopback();
        return !development && settings.text("JWT_SECRET", "GOTRUE_JWT_SECRET").isEmpty();
    }
}

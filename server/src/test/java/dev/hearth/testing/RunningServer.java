package dev.hearth.testing;

import dev.hearth.Server;
import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The whole product as a first start brings it up, on free ports: its own PostgreSQL, synced to
/// disk, with the well-known development keys.
///
/// @param server the server
/// @param config what it was started with
public record RunningServer(Server server, Config config) implements AutoCloseable {

    /// Starts it in a data folder.
    ///
    /// @param more settings besides the ports and the folder
    public static RunningServer start(Path data, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("HEARTH_DATA", data.toString());
        settings.put("HEARTH_DB_PORT", "0");
        settings.putIfAbsent("HEARTH_PORT", String.valueOf(freePort()));
        settings.put("CHANNEL_ERROR_BACKOFF_MS", "0");
        settings.put("CONNECT_ERROR_BACKOFF_MS", "0");
        var config = Config.from(Settings.of(List.of(settings)));
        return new RunningServer(Server.start(config, StartProgress.silent()), config);
    }

    /// The address of the API.
    public String url() {
        return server.apiUrl().toString();
    }

    /// The key of a browser.
    public String publishableKey() {
        return config.token().publishableKeys().getFirst().value();
    }

    /// The key of a trusted service.
    public String secretKey() {
        return config.token().secretKeys().getFirst().value();
    }

    @Override
    public void close() {
        server.close();
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hearth.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// The front door.
///
/// @param bind the address to listen on (`HEARTH_BIND`)
/// @param port the port to listen on (`HEARTH_PORT`); 0 takes a free one
/// @param publicUrl how clients reach the server (`API_EXTERNAL_URL`, `SUPABASE_PUBLIC_URL`); base
///   of the token issuer
/// @param trustedProxies addresses or CIDR blocks whose forwarded headers count
///   (`HEARTH_TRUSTED_PROXIES`)
/// @param requireKey whether the key gate is shut (`HEARTH_REQUIRE_API_KEY`)
/// @param idle how long nothing may come on a connection, between requests and within one
///   (`HEARTH_HTTP_IDLE_TIMEOUT`); how long an answer takes does not matter
public record HttpConfig(
        String bind,
        int port,
        URI publicUrl,
        List<String> trustedProxies,
        boolean requireKey,
        Duration idle) {

    private static final Duration IDLE = Duration.ofSeconds(60);

    /// Copies the list.
    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// Whether only this machine can reach the server.
    public boolean loopback() {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    static HttpConfig from(Settings settings) {
        String bind = settings.text("HEARTH_BIND").orElse("127.0.0.1");
        int port = settings.integer("HEARTH_PORT", 54321, 0, 65535);
        String url =
                settings.text("API_EXTERNAL_URL", "SUPABASE_PUBLIC_URL")
                        .orElse("http://%s:%d".formatted(bind, port));
        return new HttpConfig(
                bind,
                port,
                URI.create(url.replaceAll("/+$", "")),
                settings.list("HEARTH_TRUSTED_PROXIES", List.of()),
                settings.flag("HEARTH_REQUIRE_API_KEY", true),
                settings.duration("HEARTH_HTTP_IDLE_TIMEOUT", IDLE, Duration.ofSeconds(1)));
    }
}

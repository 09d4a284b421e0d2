package dev.hearth.rest.openapi;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Where the data API is reached.
///
/// @param scheme `http` or `https`
/// @param host as in a URI
/// @param path of the root
public record Address(String scheme, String host, int port, String path) {

    /// The address of an absolute URI of HTTP; empty for any other text.
    public static Optional<Address> of(String text) {
        try {
            var uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
                return Optional.empty();
            }
            int usual = scheme.equals("http") ? 80 : 443;
            return Optional.of(
                    new Address(
                            scheme,
                            uri.getHost(),
                            uri.getPort() < 0 ? usual : uri.getPort(),
                            uri.getPath().isEmpty() ? "/" : uri.getPath()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}

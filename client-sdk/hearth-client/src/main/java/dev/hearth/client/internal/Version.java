package dev.hearth.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// Which release this is.
public final class Version {

    private static final String UNBUILT = "dev";

    private Version() {}

    /// What `X-Client-Info` says, such as `hearth-java/0.1.0`.
    public static String clientInfo() {
        return "hearth-java/" + version();
    }

    private static String version() {
        var properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException unreadable) {
            return UNBUILT;
        }
        String version = properties.getProperty("version", UNBUILT);
        // Classes that come straight from the compiler have a file that nobody filled in.
        return version.startsWith("$") ? UNBUILT : version;
    }
}

package dev.hearth.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who this process runs as.
final class ProcessUser {
    private ProcessUser() {}

    /// True when the effective user id is 0.
    static boolean isRoot() {
        try {
            var self = Path.of("/proc/self");
            if (Files.exists(self)) {
                return Files.getAttribute(self, "unix:uid").equals(0);
            }
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
        return "root".equals(System.getProperty("user.name"));
    }
}

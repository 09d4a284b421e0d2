package dev.hearth.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether there is room left.
final class DiskSpace {
    /// Less than this left, and a write that failed failed for want of room.
    private static final long NEXT_TO_NOTHING = 1024 * 1024;

    private DiskSpace() {}

    /// Bytes left on the disk of `path`, or of its nearest parent that exists.
    static long free(Path path) {
        try {
            var there = path;
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    static boolean isExhausted(Path path, IOException failure) {
        return saysSo(String.valueOf(failure.getMessage())) || free(path) < NEXT_TO_NOTHING;
    }

    /// True of what programs say that ran out of room, in the language of the C locale.
    static boolean saysSo(String output) {
        return output.contains("No space left on device") || output.contains("Disk quota exceeded");
    }
}

package dev.hearth.database;

import java.util.Locale;

/// The operating system and processor, in the words of the binaries' archive names.
///
/// @param system for example `linux`, `darwin`
/// @param processor for example `x86_64`, `arm_64`
record Platform(String system, String processor) {
    static Platform here() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /// From the words that Java has for them.
    static Platform of(String osName, String osArch) {
        var name = osName.toLowerCase(Locale.ROOT);
        var system = name.startsWith("mac") ? "darwin" : name.split(" ", 2)[0];
        var processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> osArch.toLowerCase(Locale.ROOT);
                };
        return new Platform(system, processor);
    }

    String archiveName() {
        return "postgres-" + this + ".txz";
    }

    /// True where the C library's `C.UTF-8` is known to be.
    boolean isLinux() {
        return system.equals("linux");
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}

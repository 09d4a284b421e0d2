package dev.hearth.config;

import java.util.List;
import java.util.Map;

/// Settings for tests.
public final class TestSettings {

    private TestSettings() {}

    /// What a start without any setting has: local development.
    public static Config developmentConfig() {
        return Config.from(of(Map.of()));
    }

    /// These settings and no others.
    public static Settings of(Map<String, String> settings) {
        return Settings.of(List.of(settings));
    }
}

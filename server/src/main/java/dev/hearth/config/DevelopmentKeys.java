package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.util.List;
import java.util.Map;

/// The well-known keys of local development (auth.md 1.7). Everybody has them: they are used with
/// the embedded database on loopback, so that a project that ran on the usual local stack runs
/// unchanged, and refused everywhere else.
final class DevelopmentKeys {

    private static final String SECRET = "super-secret-jwt-token-with-at-least-32-characters-long";

    private static final String SIGNING_KEY =
            """
            {"kty":"EC","crv":"P-256","kid":"b81269f1-21d8-4f2e-b719-c2240a840d90","alg":"ES256",\
            "use":"sig","key_ops":["sign","verify"],\
            "x":"M5Sjqn5zwC9Kl1zVfUUGvv9boQjCGd45G8sdopBExB4",\
            "y":"P6IXMvA2WYXSHSOMTBH2jsw_9rrzGy89FjPf6oOsIxQ",\
            "d":"dIhR8wywJlqlua4y_yMq2SLhlFXDZJBCvFrY1DCHyVU"}\
            """;

    /// The settings that development falls back to.
    static final Map<String, String> SETTINGS =
            Map.of(
                    "JWT_SECRET",
                    SECRET,
                    "GOTRUE_JWT_KEYS",
                    "[" + SIGNING_KEY + "]",
                    "ANON_KEY",
                    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6"
                            + "ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9.CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDM"
                            + "blYTn_I0",
                    "SERVICE_ROLE_KEY",
                    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6"
                            + "InNlcnZpY2Vfcm9sZSIsImV4cCI6MTk4MzgxMjk5Nn0.EGIM96RAZx35lJzdJsyH-qQw"
                            + "v8Hdp7fsn3W0YpN81IU",
                    "SUPABASE_PUBLISHABLE_KEY",
                    "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
                    "SUPABASE_SECRET_KEY",
                    "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz");

    /// Parts of published secrets and keys: those above, and the example values that self-hosting
    /// guides ship.
    private static final List<String> PUBLISHED =
            List.of(
                    SECRET,
                    "your-super-secret-jwt-token-with-at-least-32-characters-long",
                    "dIhR8wywJlqlua4y_yMq2SLhlFXDZJBCvFrY1DCHyVU",
                    "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
                    "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
                    // The payloads of published JWT keys: issuer "supabase-demo" or "supabase".
                    ".eyJpc3MiOiJzdXBhYmFzZS1kZW1vI",
                    ".eyJpc3MiOiAic3VwYWJhc2UtZGVtby",
                    ".eyJyb2xlIjoiYW5vbiIsImlzcyI6InN1cGFiYXNlLWRlbW8i",
                    ".ewogICAgInJvbGUiOiAiYW5vbiIsCiAgICAiaXNzIjogInN1cGFiYXNlLWRlbW8i",
                    ".ewogICAgInJvbGUiOiAic2VydmljZV9yb2xlIiwKICAgICJpc3MiOiAic3VwYWJhc2UtZGVtby");

    private DevelopmentKeys() {}

    /// Refuses published values.
    ///
    /// @throws Refusal with a [SettingProblem] that names the setting and the command for real keys
    static void refuse(Settings settings) {
        for (String name : SETTINGS.keySet()) {
            boolean published =
                    settings.text(name)
                            .filter(text -> PUBLISHED.stream().anyMatch(text::contains))
                            .isPresent();
            if (published) {
                throw new Refusal(
                        new SettingProblem(
                                name,
                                name
                                        + " is a published development value; anybody could sign in"
                                        + " with it",
                                "Make real keys with: hearth keys"));
            }
        }
    }
}

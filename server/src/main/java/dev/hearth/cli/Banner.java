package dev.hearth.cli;

import java.util.Map;

/// What a person sees at the terminal.
final class Banner {
    private static final Map<String, String> TITLES =
            Map.of(
                    "API_URL", "API",
                    "DB_URL", "Database",
                    "PUBLISHABLE_KEY", "Publishable key",
                    "SECRET_KEY", "Secret key",
                    "ANON_KEY", "anon key",
                    "SERVICE_ROLE_KEY", "service_role key",
                    "JWT_SECRET", "JWT secret");

    private Banner() {}

    /// A line for each value, the titles in one column.
    static String table(Map<String, String> values) {
        var lines = new StringBuilder();
        values.forEach(
                (name, value) ->
                        lines.append(
                                "  %-17s  %s%n".formatted(TITLES.getOrDefault(name, name), value)));
        return lines.toString();
    }

    /// The first program to try.
    static String snippet(Map<String, String> values) {
        return """
          import { createClient } from '@supabase/supabase-js'

          const supabase = createClient('%s', '%s')
          await supabase.auth.signInAnonymously()
          supabase.channel('room').on('broadcast', { event: '*' }, console.log).subscribe()
        """
                .formatted(values.get("API_URL"), values.get("PUBLISHABLE_KEY"));
    }
}

package dev.hearth.client.database;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What PostgreSQL tells of a query's plan. Immutable.
///
/// ```java
/// String plan = client.from("tasks").select().eq("org", 7).explain(ExplainOptions.text().analyze());
/// ```
public final class ExplainOptions {

    private final String format;
    private final String options;

    private ExplainOptions(String format, String options) {
        this.format = format;
        this.options = options;
    }

    /// As lines for people.
    public static ExplainOptions text() {
        return new ExplainOptions("text", "");
    }

    /// As JSON.
    public static ExplainOptions json() {
        return new ExplainOptions("json", "");
    }

    /// Runs the query and tells how long it took. A mutation is carried out.
    public ExplainOptions analyze() {
        return and("analyze");
    }

    /// With the query's identifier and the columns of each step.
    public ExplainOptions verbose() {
        return and("verbose");
    }

    /// With the settings that bear on the plan.
    public ExplainOptions settings() {
        return and("settings");
    }

    /// With the pages that were read.
    public ExplainOptions buffers() {
        return and("buffers");
    }

    /// With what was written to the log.
    public ExplainOptions wal() {
        return and("wal");
    }

    private ExplainOptions and(String option) {
        return new ExplainOptions(format, options.isEmpty() ? option : options + "|" + option);
    }

    /// The options stand in the order of supabase-js, whatever the order they were said in.
    String accept(String of) {
        String ordered =
                Stream.of("analyze", "verbose", "settings", "buffers", "wal")
                        .filter(("|" + options + "|")::contains)
                        .collect(Collectors.joining("|"));
        return "application/vnd.pgrst.plan+"
                + format
                + "; for=\""
                + of
                + "\"; options="
                + ordered
                + ";";
    }
}

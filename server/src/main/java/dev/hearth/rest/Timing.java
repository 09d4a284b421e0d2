package dev.hearth.rest;

import dev.hearth.exchange.Answer;

import java.util.Locale;

/// How long the stages of a request take, for the header field `Server-Timing`. A stage that is not
/// told of took no time. For one thread.
///
/// Mirrors PostgREST v14 `src/PostgREST/Response/Performance.hs`.
final class Timing {

    /// In the order of the header field.
    enum Stage {
        /// Who asks.
        JWT,
        /// What is asked, with the body that is read for it.
        PARSE,
        /// What that means.
        PLAN,
        /// What the database says to it.
        TRANSACTION,
        /// What is answered.
        RESPONSE
    }

    private static final double NANOS_OF_MILLISECOND = 1e6;

    private final long[] nanos = new long[Stage.values().length];
    private long since = System.nanoTime();

    /// The time since the last stage ended belongs to this one.
    void ended(Stage stage) {
        long now = System.nanoTime();
        nanos[stage.ordinal()] += now - since;
        since = now;
    }

    /// The answer with the times in it, in milliseconds.
    Answer on(Answer answer) {
        return answer.with("Server-Timing", text());
    }

    private String text() {
        var text = new StringBuilder();
        for (Stage stage : Stage.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(stage.name().toLowerCase(Locale.ROOT))
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    ";dur=%.1f",
                                    nanos[stage.ordinal()] / NANOS_OF_MILLISECOND));
        }
        return text.toString();
    }
}

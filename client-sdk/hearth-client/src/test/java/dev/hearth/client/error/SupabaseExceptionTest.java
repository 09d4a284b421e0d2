package dev.hearth.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What every exception of the SDK says of itself.
class SupabaseExceptionTest {

    @Test
    void aStackTraceTellsCodeAndHint() {
        var missing =
                new PostgrestException(
                        "no table 'nots'", "PGRST205", null, "did you mean 'notes'?", 404, null);

        assertThat(missing)
                .hasMessage("no table 'nots'")
                .hasToString(
                        PostgrestException.class.getName()
                                + ": no table 'nots' (PGRST205; did you mean 'notes'?)");
    }

    @Test
    void aStackTraceDoesNotTellDetailsWhichMayHoldRows() {
        var twice =
                new PostgrestException(
                        "duplicate key", "23505", "Key (email)=(ann@x) exists", null, 409, null);

        assertThat(twice.toString()).endsWith("duplicate key (23505)");
    }

    @Test
    void saysNothingTwice() {
        var told = new PostgrestException("no: say X000 or go", "X000", null, "go", 400, null);

        assertThat(told.toString()).endsWith("no: say X000 or go");
    }
}

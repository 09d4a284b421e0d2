package dev.hearth.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may stand in `SupabaseClient.create`.
class ProjectTest {

    private static final String URL = "https://abc.supabase.co";

    @ParameterizedTest
    @CsvSource({
        "https://abc.supabase.co, https://abc.supabase.co",
        "https://abc.supabase.co/, https://abc.supabase.co",
        "https://abc.supabase.co//, https://abc.supabase.co",
        "' http://127.0.0.1:54321 ', http://127.0.0.1:54321",
        "HTTP://localhost, HTTP://localhost",
        "http://supabase_kong:8000, http://supabase_kong:8000",
        "http://[::1]:54321, http://[::1]:54321",
        "https://example.com/supabase/, https://example.com/supabase"
    })
    void takesAddresses(String given, String kept) {
        assertThat(new Project(given, "k").url()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                        | no address; give the project's, such as
                    abc.supabase.co           | has to begin with https://
                    localhost:54321           | has to begin with https://
                    ws://127.0.0.1:54321      | also for realtime
                    postgresql://db/postgres  | has to begin with https://
                    https://                  | is none
                    https://:54321            | names no host; write https://host[:port]
                    https:///rest             | names no host
                    https://a b               | is none
                    https://me:pw@host        | leave out what stands before @
                    https://host?apikey=1     | leave out what begins with ? or #
                    https://host/#x           | leave out what begins with ? or #
                    https://host/rest/v1      | leave out /rest/v1
                    https://host/sub/auth/v1/ | leave out /auth/v1
                    """)
    void refusesWhatIsNoAddress(String given, String reason) {
        assertThatThrownBy(() -> new Project(given, "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void doesNotTellAKeyThatStandsWhereTheAddressBelongs() {
        String key = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.very-secret-signature";

        assertThatThrownBy(() -> new Project(key, URL)).hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void asksForAKey(String none) {
        assertThatThrownBy(() -> new Project(URL, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no key; give the project's publishable (anon) key, or on a server its"
                                + " secret (service_role) key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key\n", " key", "a key", "kéy", "key\r\nx-evil: 1"})
    void refusesWhatNoKeyHoldsAndDoesNotTellIt(String key) {
        assertThatThrownBy(() -> new Project(URL, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the key has a line break, a blank or a letter in it that no key has; if it"
                                + " was read from a file or a variable, strip() it");
    }

    @Test
    void doesNotShowItsKey() {
        assertThat(new Project(URL, "sb_secret_x")).hasToString(URL);
    }
}

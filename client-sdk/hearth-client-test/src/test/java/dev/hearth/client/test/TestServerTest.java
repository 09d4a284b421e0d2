package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// On the server that the other tests use too.
@HearthServer(migrations = "/notes.sql")
class TestServerTest {

    @SuppressWarnings("NullAway.Init")
    private static TestServer ofTheClass;

    @SuppressWarnings("NullAway.Init")
    private TestServer ofTheTest;

    @Test
    void comesIntoParametersAndFields(TestServer server) {
        assertThat(server).isSameAs(ofTheClass).isSameAs(ofTheTest);
    }

    @Nested
    class Within {
        @Test
        void isTheSameInANestedClass(TestServer server) {
            assertThat(server).isSameAs(ofTheClass);
        }
    }

    @Test
    void knowsAChangedSchemaWhenTheSqlReturns() {
        ofTheTest.sql(
                "create table public.fresh (id int primary key); insert into public.fresh values"
                        + " (7)",
                "grant select on public.fresh to anon");

        List<Map<String, Object>> rows = ofTheTest.client().from("fresh").select().execute();

        assertThat(rows).containsExactly(Map.of("id", 7L));
    }

    @Test
    void saysWhyPostgresRefuses() {
        assertThatThrownBy(() -> ofTheTest.sql("select nonsense from nowhere"))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("42P01");
    }

    @Test
    void twoUsersOfOneNameAreTwo() {
        assertThat(ofTheTest.user("ann").email()).isNotEqualTo(ofTheTest.user("ann").email());
    }

    @Test
    void aUserHasASessionOfTheServer() {
        TestUser ann = ofTheTest.user("ann");

        var known = ann.client().auth().getUser();

        assertThat(known.id()).isEqualTo(ann.id());
        assertThat(known.email()).contains(ann.email());
        assertThat(known.isAnonymous()).isFalse();
    }

    @Test
    void neitherLogNorUserTellsKeysAndTokens() {
        TestUser ann = ofTheTest.user("ann");

        assertThat(ofTheTest.log())
                .contains("The gateway listens")
                .doesNotContain(ofTheTest.anonKey())
                .doesNotContain(ofTheTest.serviceKey());
        assertThat(ann.toString()).doesNotContain(ann.accessToken());
    }

    @Test
    void saysWhatItWaitedForWhenTheStartTakesTooLong() {
        assertThatThrownBy(() -> TestServer.start(Duration.ZERO))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("was not ready within 0 s")
                .hasMessageContaining("Its last words:");
    }
}

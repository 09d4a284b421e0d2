package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.hearth.client.realtime.PostgresEvent;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// A run of classes that ask for servers each in their way, all at the same time.
class HearthServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /// The server that each was given, under a name of the place.
    private static final Map<String, TestServer> GIVEN = new ConcurrentHashMap<>();

    private static TestExecutionSummary summary;

    record Note(long id, String body) {}

    @HearthServer(migrations = "/notes.sql")
    static class First {
        @BeforeAll
        static void prepare(TestServer server) {
            given("first", server);
        }

        @Test
        void hearsItsOwnRow(TestServer server) {
            hearOwnRow(server);
        }

        @Test
        void hearsItsOwnRowInParallel(TestServer server) {
            hearOwnRow(server);
        }

        @Test
        void failsInTheMiddle(TestServer server) {
            var probe = probe(server, server.user("cleo")).subscribe(SOON);
            throw new AssertionError("with " + probe.channel());
        }
    }

    @HearthServer(migrations = "/notes.sql")
    static class Second {
        Second(TestServer server) {
            given("second", server);
        }

        @Test
        void hearsItsOwnRow(TestServer server) {
            hearOwnRow(server);
        }
    }

    @HearthServer(migrations = "/notes.sql", shared = false)
    static class Alone {
        @SuppressWarnings("NullAway.Init")
        private TestServer outer;

        @Test
        void isGivenOne(TestServer server) {
            given("alone", server);
        }

        @Nested
        class Within {
            @Test
            void isGivenTheSame(TestServer server) {
                given("within", server);
            }
        }

        @Nested
        @HearthServer(migrations = "/notes.sql")
        class Sharing {
            @Test
            void isGivenAnother(TestServer server) {
                given("sharing", server);
                given("outer of sharing", outer);
            }
        }
    }

    @HearthServer(migrations = "project/supabase/migrations")
    static class Migrated {
        @Test
        void hasTheTablesOfTheFolder(TestServer server) {
            given("migrated", server);
            assertThat(server.client().from("players").select("id,teams(name)").execute())
                    .containsExactly(Map.of("id", 7L, "teams", Map.of("name", "red")));
        }
    }

    @BeforeAll
    static void run() {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(
                                        selectClass(First.class),
                                        selectClass(Second.class),
                                        selectClass(Alone.class),
                                        selectClass(Migrated.class))
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.enabled", "true")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.mode.default",
                                        "concurrent")
                                .build(),
                        listener);
        summary = listener.getSummary();
    }

    @Test
    void testsRunInParallelOnASharedServer() {
        assertThat(summary.getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .containsExactly("failsInTheMiddle(TestServer)");
        assertThat(summary.getTestsSucceededCount()).isEqualTo(7);
    }

    @Test
    void classesWithTheSameMigrationsShareOne() {
        assertThat(GIVEN.get("first")).isNotNull().isSameAs(GIVEN.get("second"));
    }

    @Test
    void aClassThatDoesNotShareHasItsOwnServerAndDatabase() {
        TestServer alone = Objects.requireNonNull(GIVEN.get("alone"));
        TestServer shared = Objects.requireNonNull(GIVEN.get("first"));

        assertThat(alone.url()).isNotEqualTo(shared.url());
        assertThat(alone.databaseUrl()).isNotEqualTo(shared.databaseUrl());
    }

    @Test
    void otherMigrationsAreAnotherServer() {
        assertThat(GIVEN.get("migrated")).isNotNull().isNotSameAs(GIVEN.get("first"));
    }

    @Test
    void aNestedClassHasThatOfItsOuterOneUnlessItAsksItself() {
        assertThat(GIVEN.get("within")).isSameAs(GIVEN.get("alone"));
        assertThat(GIVEN.get("sharing")).isSameAs(GIVEN.get("first"));
        assertThat(GIVEN.get("outer of sharing")).isSameAs(GIVEN.get("alone"));
    }

    @Test
    void nothingIsLeftAfterTheRun() {
        assertThat(List.copyOf(GIVEN.values()))
                .allSatisfy(
                        server -> {
                            assertThat(ProcessHandle.of(server.pid())).isEmpty();
                            assertThat(server.folder()).doesNotExist();
                            assertThat(server.clientsKept()).isZero();
                        });
    }

    private static void given(String place, TestServer server) {
        GIVEN.put(place, server);
    }

    private static void hearOwnRow(TestServer server) {
        TestUser ann = server.user("ann");
        try (var probe = probe(server, ann).subscribe(SOON)) {
            ann.client().from("notes").insert(Map.of("body", "mine")).execute();
            assertThat(probe.next(Note.class, SOON).body()).isEqualTo("mine");
        }
    }

    private static RealtimeProbe probe(TestServer server, TestUser user) {
        return RealtimeProbe.on(server, user.client(), "notes")
                .changes(PostgresEvent.ALL, f -> f.table("notes"), Note.class);
    }
}

package dev.hearth.client.realtime;

import static dev.hearth.client.realtime.PostgresEvent.ALL;
import static dev.hearth.client.realtime.PostgresEvent.INSERT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.RealtimeException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/// Rows that change, as a program hears of them.
class ChangesTest {

    record Message(long id, String body, int n) {}

    record Note(long id, String text) {}

    private static final String INSERTED =
            """
            {"ids":[101],"data":{"schema":"public","table":"notes","type":"INSERT",\
            "commit_timestamp":"2026-01-02T03:04:05.678Z",\
            "columns":[{"name":"id","type":"int8"},{"name":"text","type":"text"}],\
            "record":{"id":1,"text":"a"},"errors":null}}\
            """;

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void hearsChangesAsRecords(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var heard = new CompletableFuture<PostgresChange<Note>>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, heard::complete));
            rig.server.send("c", "postgres_changes", INSERTED);
            PostgresChange<Note> change = heard.get(5, TimeUnit.SECONDS);
            assertThat(change.newRecord()).isEqualTo(new Note(1, "a"));
            assertThat(change.oldRecordOrNull()).isNull();
            assertThat(change.eventType()).isEqualTo(INSERT);
            assertThat(change.commitTimestamp())
                    .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
            assertThat(change.errors()).isEmpty();
        }
    }

    @Test
    void twoListenersToEqualFiltersShareOneBinding() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, c -> heard.add("1"))
                            .onPostgresChanges(
                                    INSERT, f -> f.table("notes"), Note.class, c -> heard.add("2"))
                            .onPostgresChanges(
                                    INSERT, f -> f.table("x"), Note.class, c -> heard.add("3")));
            assertThat(
                            FakeServer.payload(rig.server.sent("phx_join").get(0))
                                    .path("config")
                                    .path("postgres_changes"))
                    .hasSize(2);
            rig.server.send("c", "postgres_changes", INSERTED);
            rig.server.send("c", "postgres_changes", INSERTED.replace("[101]", "[102]"));
            Rig.eventually(() -> heard.size() == 3);
            assertThat(heard).containsExactly("1", "2", "3");
        }
    }

    @Test
    void publishesChangesToAFlow() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            Flow.Publisher<PostgresChange<Note>> changes =
                    channel.changes(INSERT, f -> f.table("notes"), Note.class);
            var heard = new CopyOnWriteArrayList<Object>();
            var done = new CompletableFuture<Void>();
            changes.subscribe(
                    new Flow.Subscriber<>() {
                        @Override
                        public void onSubscribe(Flow.Subscription subscription) {
                            subscription.request(10);
                        }

                        @Override
                        public void onNext(PostgresChange<Note> change) {
                            heard.add(change.newRecord());
                        }

                        @Override
                        public void onError(Throwable thrown) {
                            done.completeExceptionally(thrown);
                        }

                        @Override
                        public void onComplete() {
                            done.complete(null);
                        }
                    });
            rig.join(channel);
            rig.server.send("c", "postgres_changes", INSERTED);
            Rig.eventually(() -> heard.size() == 1);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            done.get(5, TimeUnit.SECONDS);
            assertThat(heard).containsExactly(new Note(1, "a"));
        }
    }

    @Test
    void aChangeThatIsNoneIsReported() throws Exception {
        try (var rig = new Rig()) {
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    PostgresEvent.ALL, f -> f.table("t"), Object.class, c -> {}));
            rig.server.send("c", "postgres_changes", "{\"ids\":[101]}");
            rig.awaitError("protocol: a change cannot be read");
        }
    }

    private static PostgresChange<Message> change(String type, String rows) throws Exception {
        try (var rig = new Rig()) {
            var heard = new CompletableFuture<PostgresChange<Message>>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    ALL, f -> f.table("t"), Message.class, heard::complete));
            rig.server.send(
                    "c",
                    "postgres_changes",
                    "{\"ids\":[101],\"data\":{\"schema\":\"public\",\"table\":\"t\",\"type\":\""
                            + type
                            + "\","
                            + rows
                            + ",\"columns\":[{\"name\":\"id\",\"type\":\"int8\"},{\"name\":\"body\",\"type\":\"text\"},"
                            + "{\"name\":\"n\",\"type\":\"int4\"}]}}");
            return heard.get(5, TimeUnit.SECONDS);
        }
    }

    private static void assertNone(ThrowingCallable row, String... words) {
        assertThatThrownBy(row)
                .isInstanceOfSatisfying(
                        RealtimeException.class, e -> assertThat(e.code()).contains("NoRecord"))
                .hasMessageContainingAll(words);
    }

    @Test
    void anInsertHasTheNewRowOnly() throws Exception {
        var change = change("INSERT", "\"record\":{\"id\":1,\"body\":\"a\",\"n\":2}");
        assertThat(change.newRecord()).isEqualTo(new Message(1, "a", 2));
        assertNone(change::oldRecord, "INSERT on public.t", "oldRecordOrNull");
    }

    @Test
    void anUpdateHasTheNewRowAndTheKeyOfTheOld() throws Exception {
        var change =
                change(
                        "UPDATE",
                        "\"record\":{\"id\":1,\"body\":\"b\",\"n\":3},\"old_record\":{\"id\":1}");
        assertThat(change.newRecord()).isEqualTo(new Message(1, "b", 3));
        assertThat(change.oldRecord().id()).isEqualTo(1);
        assertThat(change.oldRecord().n()).isZero();
    }

    @Test
    void aDeleteHasTheKeyOfTheOldRowOnly() throws Exception {
        var change = change("DELETE", "\"old_record\":{\"id\":1}");
        assertThat(change.oldRecord().id()).isEqualTo(1);
        assertThat(change.oldRecord().body()).isNull();
        assertThat(change.newRecordOrNull()).isNull();
        assertNone(change::newRecord, "DELETE on public.t", "oldRecord()");
    }

    @Test
    void aRowThatMayNotBeToldSaysWhy() throws Exception {
        var change = change("INSERT", "\"record\":{},\"errors\":[\"Error 401: Unauthorized\"]");
        assertNone(change::newRecord, "Error 401: Unauthorized");
    }
}

package dev.hearth.client.realtime;

import static dev.hearth.client.realtime.PostgresEvent.INSERT;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// When a program is told to fetch what it missed.
class ResyncTest {

    record Note(long id) {}

    @Test
    void comesBeforeTheFirstChangeAfterARejoinAndOnce() throws Exception {
        try (var rig = new Rig()) {
            var seen = new CopyOnWriteArrayList<String>();
            Channel channel =
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    INSERT,
                                    f -> f.table("notes"),
                                    Note.class,
                                    change -> seen.add("row " + change.newRecord().id()))
                            .onResync(() -> seen.add("resync"));
            rig.join(channel);
            change(rig, 1);
            Rig.eventually(() -> seen.size() == 1);

            rig.server.cut();
            rig.awaitEvent(ConnectionEvent.Reconnecting.class, 1);
            // The alarm is set some time after the event was told.
            Rig.eventually(
                    () -> {
                        rig.timers.pass(Duration.ofMillis(10));
                        return rig.events.contains(new ConnectionEvent.Resubscribed("c"));
                    });
            change(rig, 3);
            rig.server.send(
                    "c",
                    "system",
                    """
                    {"extension":"postgres_changes","status":"ok",
                     "message":"Subscribed to PostgreSQL","channel":"c"}\
                    """);
            change(rig, 4);

            Rig.eventually(() -> seen.contains("row 4"));
            assertThat(seen).isEqualTo(List.of("row 1", "resync", "row 3", "row 4"));
        }
    }

    private static void change(Rig rig, long id) {
        rig.server.send(
                "c",
                "postgres_changes",
                """
                {"ids":[101],"data":{"schema":"public","table":"notes","type":"INSERT",
                 "commit_timestamp":"2026-01-02T03:04:05.678Z","errors":null,
                 "columns":[{"name":"id","type":"int8"}],"record":{"id":%d}}}\
                """
                        .formatted(id));
    }
}

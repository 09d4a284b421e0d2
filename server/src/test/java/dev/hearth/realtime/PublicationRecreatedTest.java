package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The publication dropped and made anew in two commits with a write between, as a channel hears of
/// it (realtime.md 15.3 and 15.6).
@Tag("all-postgres")
class PublicationRecreatedTest {

    private static final String BINDING = "{'event':'INSERT','schema':'public','table':'t'}";

    @TempDir private Path data;

    @Test
    void theChannelIsToldAndGetsChangesAgain() {
        try (var live =
                        LiveRealtime.start(
                                data,
                                "create table t (id int primary key, v text)",
                                "create table other (id int)",
                                "grant select on t to service_role",
                                "alter publication supabase_realtime add table t");
                var client = live.following("t", BINDING)) {
            live.execute("insert into t values (0, 'before')");
            assertThat(LiveRealtime.change(client).at("/record/v").asText()).isEqualTo("before");

            live.execute(
                    "drop publication supabase_realtime",
                    "insert into other values (1)",
                    "create publication supabase_realtime for table t"
                            + " with (publish_via_partition_root = true)");

            var ids = new AtomicInteger();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(
                            () -> {
                                live.execute(
                                        "insert into t values (%d, 'after')"
                                                .formatted(ids.incrementAndGet()));
                                return client.hasReceived("\"v\":\"after\"");
                            });
            String told = LiveRealtime.note(client, "error");
            while (!told.startsWith("Changes may have been missed")) {
                told = LiveRealtime.note(client, "error");
            }
            assertThat(told)
                    .matches(
                            "Changes may have been missed between \\S+ and \\S+: the publication"
                                    + " was dropped and created again");
            assertThat(LiveRealtime.note(client, "ok")).isEqualTo("Subscribed to PostgreSQL");
            assertThat(LiveRealtime.change(client).at("/record/v").asText()).isEqualTo("after");
        }
    }
}

package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.PostgresEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// What a listener hears by policy, and what it is proved not to hear.
@HearthServer(migrations = "/notes.sql")
class RealtimeProbeTest {

    record Note(long id, String body) {}

    record Typing(String who) {}

    private static final Duration SOON = Duration.ofSeconds(15);

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @Test
    void rowsOfOthersDoNotCome() {
        TestUser ann = server.user("ann");
        TestUser bob = server.user("bob");
        try (var probe = notes(bob).subscribe(SOON)) {
            write(ann, "of Ann");
            probe.expectNone(Note.class);

            write(bob, "of Bob");
            assertThat(probe.next(Note.class, SOON).body()).isEqualTo("of Bob");
        }
    }

    @Test
    void whatCameIsNotTakenForNothing() {
        TestUser ann = server.user("ann");
        try (var probe = notes(ann).subscribe(SOON)) {
            write(ann, "loud");

            assertThatThrownBy(() -> probe.expectNone(Note.class))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("postgres_changes INSERT")
                    .hasMessageContaining("loud");
        }
    }

    @Test
    void broadcastsReachTheirTopicOnly() {
        String topic = "room:" + UUID.randomUUID();
        try (var here = typing(topic).subscribe(SOON);
                var elsewhere = typing(topic + ":other").subscribe(SOON)) {
            var unused = here.channel().send("typing", new Typing("ann"));

            assertThat(here.next(Typing.class, SOON)).isEqualTo(new Typing("ann"));
            elsewhere.expectNone();
        }
    }

    @Test
    void aMissingEventIsSaidWithWhatCameInstead() {
        try (var probe = typing("room:" + UUID.randomUUID()).subscribe(SOON)) {
            var unused = probe.channel().send("typing", new Typing("ann"));
            assertThat(probe.nextEvent(event -> event.kind().equals("broadcast"), SOON).name())
                    .isEqualTo("typing");

            var unusedAgain = probe.channel().send("typing", new Typing("bob"));
            probe.expectNone(Note.class);
            assertThatThrownBy(() -> probe.next(Note.class, Duration.ZERO))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("what came: ")
                    .hasMessageContaining("Typing[who=bob]");
        }
    }

    @Test
    void leavesNoClientBehind() {
        TestUser ann = server.user("ann");
        int before = server.clientsKept();

        notes(ann).subscribe(SOON).close();

        assertThat(server.clientsKept()).isEqualTo(before);
        assertThat(ann.client().getChannels()).isEmpty();
    }

    @Test
    void aTableThatIsNotPublishedIsSaidAtOnceAndTheProbeIsClosed() {
        TestUser ann = server.user("ann");
        server.sql("create table if not exists public.unheard (id int primary key)");
        int before = server.clientsKept();
        var probe =
                RealtimeProbe.on(server, ann.client(), "unheard")
                        .changes(PostgresEvent.ALL, f -> f.table("unheard"), Note.class);

        assertThatThrownBy(() -> probe.subscribe(SOON))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is the table in the publication supabase_realtime?")
                .hasMessageContaining("unheard");

        assertThat(server.clientsKept()).isEqualTo(before);
        assertThat(ann.client().getChannels()).isEmpty();
    }

    private RealtimeProbe notes(TestUser user) {
        return RealtimeProbe.on(server, user.client(), "notes")
                .changes(
                        PostgresEvent.ALL,
                        changes -> changes.schema("public").table("notes"),
                        Note.class);
    }

    private RealtimeProbe typing(String topic) {
        var options = ChannelOptions.builder().broadcast(b -> b.self(true).ack(true)).build();
        return RealtimeProbe.on(server, server.client(), topic, options)
                .broadcasts("typing", Typing.class);
    }

    private static void write(TestUser user, String body) {
        user.client().from("notes").insert(Map.of("body", body)).execute();
    }
}

package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.util.Objects.requireNonNull;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.auth.AuthChangeEvent;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ConnectionEvent;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.SubscribeStatus;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the rooms of the SDK promise together: who signs in is whom the database and the channels
/// see, and stays it.
class WholeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOKEN_SECONDS = 6;

    @TempDir private static Path data;

    private static RunningHearth hearth;

    @BeforeAll
    static void start() throws Exception {
        hearth = RunningHearth.start(data, Map.of("JWT_EXPIRY", String.valueOf(TOKEN_SECONDS)));
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.close();
    }

    private record Note(long id, UUID owner, String body) {}

    private static UUID signIn(SupabaseClient client) {
        return client.auth().signInAnonymously().user().orElseThrow().id();
    }

    private static Note write(SupabaseClient client, String body) {
        return client.from("notes")
                .insert(Map.of("body", body))
                .select()
                .single()
                .execute(Note.class);
    }

    private static List<String> bodies(List<Note> notes) {
        return notes.stream().map(Note::body).toList();
    }

    private static Channel follow(SupabaseClient client, List<String> bodies) {
        return client.channel("notes")
                .onPostgresChanges(
                        PostgresEvent.INSERT,
                        f -> f.schema("public").table("notes"),
                        Note.class,
                        change -> bodies.add(requireNonNull(change.newRecord()).body()));
    }

    @Test
    void whoSignedInOwnsWhatIsWritten() {
        try (var ann = hearth.client()) {
            UUID user = signIn(ann);

            Note note = write(ann, "of ann");

            assertThat(note.owner()).isEqualTo(user);
        }
    }

    @Test
    void eachUserIsShownTheOwnRowsOnlyByQueryAndByChanges() {
        try (var ann = hearth.client();
                var ben = hearth.client()) {
            signIn(ann);
            signIn(ben);
            var toAnn = new CopyOnWriteArrayList<String>();
            var toBen = new CopyOnWriteArrayList<String>();
            follow(ann, toAnn).subscribe(PATIENCE);
            follow(ben, toBen).subscribe(PATIENCE);

            write(ann, "of ann");
            write(ben, "of ben");

            await().atMost(PATIENCE).until(() -> !toAnn.isEmpty() && !toBen.isEmpty());
            assertThat(toAnn).containsExactly("of ann");
            assertThat(toBen).containsExactly("of ben");
            assertThat(bodies(ann.from("notes").select().execute(Note.class)))
                    .containsExactly("of ann");
            assertThat(bodies(ben.from("notes").select().execute(Note.class)))
                    .containsExactly("of ben");
        }
    }

    @Test
    void whoSignsOutIsNobody() {
        try (var ann = hearth.client()) {
            signIn(ann);
            write(ann, "of ann");

            ann.auth().signOut();

            assertThat(ann.from("notes").select().execute(Note.class)).isEmpty();
        }
    }

    @Test
    void aServiceAsksWithTheRightsOfItsUser() {
        try (var ann = hearth.client();
                var service = SupabaseClient.create(hearth.url(), hearth.secretKey())) {
            UUID user = signIn(ann);
            write(ann, "of ann");
            String token = ann.auth().accessToken();

            List<Note> theirs = service.asUser(token).from("notes").select().execute(Note.class);
            List<Note> all = service.from("notes").select().execute(Note.class);

            assertThat(theirs).extracting(Note::owner).containsOnly(user);
            assertThat(all).hasSizeGreaterThanOrEqualTo(theirs.size());
        }
    }

    @Test
    void aChannelOutlivesTheTokenItWasJoinedWith() {
        var events = new CopyOnWriteArrayList<ConnectionEvent>();
        var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
        var auth = new CopyOnWriteArrayList<AuthChangeEvent>();
        try (var ann =
                SupabaseClient.builder(hearth.url(), hearth.key())
                        .realtime(r -> r.listener(events::add))
                        .build()) {
            ann.auth().onAuthStateChange((event, session) -> auth.add(event));
            signIn(ann);
            Instant end = ann.auth().getSession().orElseThrow().expiresAt();
            var bodies = new CopyOnWriteArrayList<String>();
            follow(ann, bodies).subscribe((status, error) -> statuses.add(status));

            await().atMost(PATIENCE).until(() -> Instant.now().isAfter(end.plusSeconds(2)));
            write(ann, "after the first token");

            await().atMost(PATIENCE).until(() -> !bodies.isEmpty());
            assertThat(bodies).containsExactly("after the first token");
            assertThat(statuses).containsExactly(SubscribeStatus.SUBSCRIBED);
            assertThat(auth).contains(AuthChangeEvent.TOKEN_REFRESHED);
            assertThat(events).contains(new ConnectionEvent.TokenUpdated());
        }
    }

    /// The SDK's own suite cannot hold this: it runs on Java 17, which has none.
    @Test
    void whatNobodyWaitsForRunsOnVirtualThreadsUnlessTheyAreNotWanted() {
        assertThat(asksForTokensOnVirtualThreads(true)).isTrue();
        assertThat(asksForTokensOnVirtualThreads(false)).isFalse();
    }

    private static boolean asksForTokensOnVirtualThreads(boolean wanted) {
        var threads = new CopyOnWriteArrayList<Thread>();
        try (var client =
                SupabaseClient.builder(hearth.url(), hearth.key())
                        .virtualThreads(wanted)
                        .accessToken(
                                () -> {
                                    threads.add(Thread.currentThread());
                                    return "";
                                })
                        .build()) {
            client.from("open_rows").select().executeAsync(Map.class).join();
        }
        return threads.getFirst().isVirtual();
    }
}

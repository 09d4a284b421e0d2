package dev.hearth.realtime.changes;

import static dev.hearth.realtime.changes.Live.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.token.Caller;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Who sees which version of which row (realtime.md 6.5, 15.1, 15.2). Absence is shown by a marker
/// that comes afterwards.
@Tag("all-postgres")
class RowSecurityTest {

    @Test
    void aUserGetsTheOwnRowsAndNothingForeign() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            live.execute(
                    note(1, Live.ANN), note(2, Live.BEN), note(3, Live.ANN), note(4, Live.BEN));

            ann.until("INSERT 3");
            ben.until("INSERT 4");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 3");
            assertThat(ben.shortly()).containsExactly("INSERT 2", "INSERT 4");
        }
    }

    @Test
    void anEventHasTheShapeThatClientsRead() {
        try (var live = Live.start(Live.NOTES)) {
            Binding binding = live.binding("*", "notes", null);
            Heard ann = live.subscribe(Live.user(Live.ANN), binding);

            live.execute(note(1, Live.ANN));

            Heard.Event event = ann.event("INSERT 1");
            assertThat(event.ids()).containsExactly(binding.id());
            assertThat(event.data().get("schema").asText()).isEqualTo("public");
            assertThat(event.data().get("commit_timestamp").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(event.data().get("columns").toString())
                    .isEqualTo(
                            "[{\"name\":\"id\",\"type\":\"int4\"},{\"name\":\"owner\",\"type\":\"uuid\"},"
                                + "{\"name\":\"title\",\"type\":\"text\"},{\"name\":\"body\",\"type\":\"text\"}]");
            assertThat(event.data().has("old_record")).isFalse();
            assertThat(event.data().get("errors").isNull()).isTrue();
        }
    }

    @Test
    void deliversAnInsertWhoseRowIsDeletedAtOnce() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN), "delete from notes where id = 1", note(2, Live.ANN));

            ann.until("INSERT 2");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "DELETE 1", "INSERT 2");
        }
    }

    @Test
    void neverShowsAVersionToTheOwnerWhoCameAfterIt() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            for (int i = 1; i <= 20; i++) {
                live.execute(
                        note(i, Live.ANN),
                        "update notes set owner = '%s', title = 'bens' where id = %d"
                                .formatted(Live.BEN, i));
            }
            live.execute(note(100, Live.ANN), note(101, Live.BEN));

            ann.until("INSERT 100");
            ben.until("INSERT 101");
            assertThat(ann.shortly()).noneMatch(event -> event.startsWith("UPDATE")).hasSize(21);
            assertThat(ben.shortly())
                    .filteredOn(event -> event.startsWith("INSERT"))
                    .containsExactly("INSERT 101");
            assertThat(ben.shortly()).hasSize(21);
        }
    }

    @Test
    void deliversAfterAVerdictThatCameBeforeTheCommitWasVisible() throws Exception {
        try (var live = Live.start(Live.NOTES);
                Connection writer = live.database.connect("supabase_admin")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            live.execute(
                    "alter system set synchronous_standby_names = 'nobody'",
                    "select pg_reload_conf()");
            Thread insert = Thread.ofVirtual().unstarted(() -> insertSynchronously(writer));
            try {
                live.until(
                        "select (current_setting('synchronous_standby_names') = 'nobody')::int",
                        "1");
                insert.start();
                live.until(
                        "select count(*) from pg_stat_activity where wait_event = 'SyncRep'", "1");
                assertThat(ann.shortly()).isEmpty();
            } finally {
                live.execute(
                        "alter system reset synchronous_standby_names", "select pg_reload_conf()");
            }
            insert.join();

            assertThat(ann.event("INSERT 1").row().get("title").asText()).isEqualTo("title 1");
        }
    }

    private static void insertSynchronously(Connection writer) {
        try (Statement statement = writer.createStatement()) {
            statement.execute("set synchronous_commit = on");
            statement.execute(note(1, Live.ANN));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingComesAfterTheGrantIsRevoked() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.filtered(Live.user(Live.ANN), "notes", "id=gt.0");
            Heard marker = live.subscribe(Caller.ofRole("service_role"), "notes");
            live.execute(note(1, Live.ANN));
            ann.until("INSERT 1");

            live.execute("revoke select on notes from authenticated", note(2, Live.ANN));
            marker.until("INSERT 2");
            live.execute("grant select on notes to authenticated", note(3, Live.ANN));

            ann.until("INSERT 3");
            marker.until("INSERT 3");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 3");
            assertThat(marker.shortly()).containsExactly("INSERT 1", "INSERT 2", "INSERT 3");
        }
    }

    @Test
    void aPolicyThatIsChangedCountsFromTheNextChangeOn() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            live.execute(note(1, Live.ANN));
            ann.until("INSERT 1");

            live.execute(
                    "alter policy own on notes using (owner = (select auth.uid()) and title <>"
                            + " 'title 2')",
                    note(2, Live.ANN),
                    note(3, Live.ANN));

            ann.until("INSERT 3");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 3");
        }
    }

    @Test
    void aRestrictivePolicyIsAskedOfTheLoggedImageToo() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "create policy calm on notes as restrictive using (title ? 'x' is null or body <> 'secret')"
                                .replace("title ? 'x' is null", "to_jsonb(title) ? 'title 1'"))) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    "insert into notes values (1, '%s', 'title 1', 'secret')".formatted(Live.ANN),
                    "delete from notes where id = 1",
                    "insert into notes values (2, '%s', 'title 2', 'secret')".formatted(Live.ANN),
                    "delete from notes where id = 2",
                    note(3, Live.ANN));

            ann.until("INSERT 3");
            assertThat(ann.shortly())
                    .filteredOn(event -> event.startsWith("INSERT"))
                    .containsExactly("INSERT 1", "INSERT 3");
        }
    }

    @Test
    void anErrorInAPolicyDeniesAndIsToldAndOthersAreServed() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "create policy broken on notes for select to anon using (1 / (id - id)"
                                + " = 1)")) {
            Heard anonymous = live.subscribe(Caller.ofRole("anon"), "notes");
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN), note(2, Live.ANN));

            ann.until("INSERT 2");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 2");
            assertThat(anonymous.shortly()).isEmpty();
            assertThat(live.observer.scrape()).contains("event=\"VerdictFailed\"");
        }
    }

    @Test
    void aPolicyThatTakesTooLongDenies() {
        try (var live =
                Live.start(
                        Map.of("HEARTH_VERDICT_TIMEOUT_MS", "100"),
                        Live.NOTES,
                        "create policy slow on notes for select to anon using (pg_sleep(10) is"
                                + " null)")) {
            Heard anonymous = live.subscribe(Caller.ofRole("anon"), "notes");
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN));

            ann.until("INSERT 1");
            assertThat(anonymous.shortly()).isEmpty();
        }
    }

    @Test
    void aChangeThatADefectKeepsFromBeingJudgedIsToldAndHoldsNothingUp() {
        try (var live = Live.start(Live.NOTES)) {
            Heard heard = live.subscribe(Live.user(Live.ANN), "notes");
            live.broken = true;
            live.execute("insert into notes values (1, '%s')".formatted(Live.ANN));
            Awaitility.await()
                    .until(
                            () ->
                                    heard.systems().stream()
                                            .anyMatch(
                                                    text ->
                                                            text.endsWith(
                                                                    "a change could not be"
                                                                            + " judged")));
            live.broken = false;
            live.execute("insert into notes values (2, '%s')".formatted(Live.ANN));

            heard.until("INSERT 2");
        }
    }

    @Test
    void theServiceRoleSeesEverything() {
        try (var live = Live.start(Live.NOTES)) {
            Heard service = live.subscribe(Caller.ofRole("service_role"), "notes");

            live.execute(note(1, Live.ANN), note(2, Live.BEN));

            service.until("INSERT 2");
            assertThat(service.shortly()).containsExactly("INSERT 1", "INSERT 2");
        }
    }

    @Test
    void withoutRowSecurityOnlyGrantsCount() {
        try (var live = Live.start(Live.NOTES, "alter table notes disable row level security")) {
            Heard anonymous = live.subscribe(Caller.ofRole("anon"), "notes");

            live.execute(note(1, Live.ANN), "delete from notes where id = 1");

            anonymous.until("DELETE 1");
            assertThat(anonymous.shortly()).containsExactly("INSERT 1", "DELETE 1");
        }
    }

    @Test
    void aColumnWithoutGrantIsLeftOut() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "revoke select on notes from authenticated;"
                                + " grant select (id, owner, title) on notes to authenticated")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN));

            Heard.Event event = ann.event("INSERT 1");
            assertThat(event.row().has("body")).isFalse();
            assertThat(event.row().has("title")).isTrue();
            assertThat(event.data().get("columns")).hasSize(3);
        }
    }

    @Test
    void withoutTheKeyTheEventIsAnError401WithATimestamp() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "alter table notes disable row level security;"
                                + " revoke select on notes from authenticated;"
                                + " grant select (title) on notes to authenticated")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN), "update notes set title = 'x'");

            ann.until("UPDATE ?");
            Heard.Event insert = ann.events().getFirst();
            assertThat(insert.error()).isEqualTo("Error 401: Unauthorized");
            assertThat(insert.row()).isEmpty();
            assertThat(insert.data().get("columns")).isEmpty();
            assertThat(insert.data().get("commit_timestamp").isTextual()).isTrue();
            assertThat(ann.events().getLast().oldRow()).isEmpty();
        }
    }

    @Test
    void anExpiredTokenGetsNothing() {
        try (var live = Live.start(Live.NOTES)) {
            Caller expired =
                    new Caller(
                            "authenticated",
                            Live.user(Live.ANN).claims(),
                            Optional.of(Instant.now().minusSeconds(1)));
            Heard late = live.subscribe(expired, "notes");
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN));

            ann.until("INSERT 1");
            assertThat(late.shortly()).isEmpty();
        }
    }

    @Test
    void savepointsDoNotHideAVersion() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    "begin; savepoint a; %s; release a; savepoint b; %s; commit"
                            .formatted(note(1, Live.ANN), note(2, Live.ANN)));

            ann.until("INSERT 2");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 2");
        }
    }
}

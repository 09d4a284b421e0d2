package dev.hearth.realtime.changes;

import static dev.hearth.realtime.changes.Live.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.token.Caller;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// What is told of a row that was deleted, and of what a row was before, to whom (realtime.md
/// 15.1).
@Tag("all-postgres")
class OldRowsTest {

    @Test
    void aTableWithoutKeyGivesError400() {
        try (var live =
                Live.start(
                        "create table log (line text); grant select on log to anon;"
                                + " alter publication supabase_realtime add table log")) {
            Heard anonymous = live.subscribe(Caller.ofRole("anon"), "log");

            live.execute("insert into log values ('a')");

            anonymous.until("INSERT ?");
            assertThat(anonymous.events().getFirst().error())
                    .isEqualTo("Error 400: Bad Request, no primary key");
        }
    }

    @Test
    void aDeleteOfDefaultIdentityShowsTheKeyOnly() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            live.execute(note(1, Live.ANN), "delete from notes where id = 1");

            assertThat(ben.event("DELETE 1").oldRow().toString()).isEqualTo("{\"id\":1}");
        }
    }

    @Test
    void deletesThatCannotBeJudgedCanBeSwitchedOff() {
        try (var live = Live.start(Map.of("HEARTH_REALTIME_DELETE", "off"), Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN), "delete from notes where id = 1", note(2, Live.ANN));

            ann.until("INSERT 2");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "INSERT 2");
        }
    }

    @Test
    void aDeleteOfAFullIdentityIsJudgedOnTheOldRow() {
        try (var live = Live.start(Live.NOTES, "alter table notes replica identity full")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            live.execute(note(1, Live.ANN), "delete from notes where id = 1", note(2, Live.BEN));

            ben.until("INSERT 2");
            assertThat(ben.shortly()).containsExactly("INSERT 2");
            assertThat(ann.event("DELETE 1").oldRow().get("title").asText()).isEqualTo("title 1");
        }
    }

    @Test
    void theOldRowOfAnUpdateIsShownToWhomItWasVisible() {
        try (var live = Live.start(Live.NOTES, "alter table notes replica identity full")) {
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            live.execute(
                    note(1, Live.ANN),
                    "update notes set owner = '%s'".formatted(Live.BEN),
                    note(2, Live.BEN),
                    "update notes set title = 'new' where id = 2");

            assertThat(ben.event("UPDATE 1").oldRow().toString()).isEqualTo("{\"id\":1}");
            assertThat(ben.event("UPDATE 2").oldRow().get("title").asText()).isEqualTo("title 2");
        }
    }

    @Test
    void theOldRowOfAnUpdateOfDefaultIdentityIsTheKey() {
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    note(1, Live.ANN), "update notes set title = 'x'", "update notes set id = 2");

            assertThat(ann.event("UPDATE 1").oldRow().toString()).isEqualTo("{\"id\":1}");
            assertThat(ann.event("UPDATE 2").oldRow().toString()).isEqualTo("{\"id\":1}");
        }
    }

    @Test
    void aRoleWithoutTheKeyGetsNoDelete() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "revoke select on notes from anon; grant select (title) on notes to anon;"
                                + " alter table notes disable row level security")) {
            Heard anonymous =
                    live.subscribe(Caller.ofRole("anon"), live.binding("DELETE", "notes", null));
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(note(1, Live.ANN), "delete from notes");
            ann.until("DELETE 1");
            live.execute("grant select on notes to anon", note(2, Live.ANN), "delete from notes");

            ann.until("DELETE 2");
            anonymous.until("DELETE 2");
            assertThat(anonymous.shortly()).containsExactly("DELETE 2");
        }
    }
}

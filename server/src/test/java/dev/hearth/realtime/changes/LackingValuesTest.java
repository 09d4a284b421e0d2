package dev.hearth.realtime.changes;

import static dev.hearth.realtime.changes.Live.note;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// What becomes of values that the log does not bring, and of verdicts that need them (realtime.md
/// 15.1).
@Tag("all-postgres")
class LackingValuesTest {

    @Test
    void anUnchangedLongValueIsMissingOrTakenFromTheOldRow() {
        String longText = "(select string_agg(md5(i::text), '') from generate_series(1, 1000) i)";
        try (var live = Live.start(Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    "insert into notes values (1, '%s', 'a', %s)".formatted(Live.ANN, longText),
                    "update notes set title = 'b'",
                    "alter table notes replica identity full",
                    "update notes set title = 'c', id = 2");

            assertThat(ann.event("UPDATE 1").row().has("body")).isFalse();
            assertThat(ann.event("UPDATE 2").row().get("body").asText()).hasSize(32_000);
        }
    }

    @Test
    void aChangeThatIsTooLargeLosesItsLongValues() {
        try (var live = Live.start(Map.of("HEARTH_MAX_CHANGE_BYTES", "1000"), Live.NOTES)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    "insert into notes values (1, '%s', null, repeat('x', 2000))"
                            .formatted(Live.ANN));

            Heard.Event event = ann.event("INSERT 1");
            assertThat(event.error()).isEqualTo("Error 413: Payload Too Large");
            assertThat(event.row().toString())
                    .isEqualTo("{\"id\":1,\"owner\":\"%s\"}".formatted(Live.ANN));
        }
    }

    @Test
    void aRowThatIsTooLongForTheMemoryLosesItsLongValuesAndHoldsNothingUp() {
        try (var live =
                Live.start(
                        Map.of("HEARTH_MAX_ROW_BYTES", "100000"),
                        Live.NOTES,
                        "alter table notes replica identity full")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            live.execute(
                    "insert into notes values (1, '%s', 't', repeat('x', 200000))"
                            .formatted(Live.ANN),
                    "update notes set title = 'u'",
                    "delete from notes",
                    note(2, Live.ANN),
                    note(3, Live.BEN));

            ann.until("INSERT 2");
            ben.until("INSERT 3");
            assertThat(ann.shortly())
                    .containsExactly("INSERT 1", "UPDATE 1", "DELETE 1", "INSERT 2");
            assertThat(ben.shortly()).containsExactly("INSERT 3");
            assertThat(ann.events().subList(0, 3))
                    .allSatisfy(
                            event ->
                                    assertThat(event.error())
                                            .isEqualTo("Error 413: Payload Too Large"));
            assertThat(ann.event("INSERT 1").row().toString())
                    .isEqualTo("{\"id\":1,\"owner\":\"%s\",\"title\":\"t\"}".formatted(Live.ANN));
            assertThat(ann.event("INSERT 2").error()).isEmpty();
        }
    }

    @Test
    void aPolicyThatReadsWhatTheLogLacksCountsOnlyWhereItMatters() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "create policy known on notes for select to authenticated using (title ="
                                + " 'open');"
                                + " create policy anons on notes as restrictive for select to anon"
                                + " using (body is null);"
                                + " alter publication supabase_realtime drop table notes; alter"
                                + " publication supabase_realtime add table notes (id, title)")) {
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            // Gone before it is judged, so that the logged image has to tell.
            String fleeting =
                    "begin; insert into notes values (%d, '%s', '%s'); delete from notes; commit";
            live.execute(
                    fleeting.formatted(1, Live.ANN, "open"),
                    fleeting.formatted(2, Live.BEN, "closed"),
                    note(3, Live.BEN));

            ben.until("INSERT 3");
            assertThat(ben.shortly())
                    .filteredOn(event -> event.startsWith("INSERT"))
                    .containsExactly("INSERT 1", "INSERT 3");
            assertThat(live.observer.scrape()).contains("realtime_verdict_unknown_total 1.0");
        }
    }

    @Test
    void aValueThatTheLogLacksIsNeverTakenFromALaterVersion() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "alter publication supabase_realtime drop table notes; alter publication"
                                + " supabase_realtime add table notes (id, title)")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");
            Heard ben = live.subscribe(Live.user(Live.BEN), "notes");

            for (int i = 1; i <= 20; i++) {
                live.execute(
                        "begin; %s; update notes set owner = '%s', title = 'bens' where id = %d; commit"
                                .formatted(note(i, Live.ANN), Live.BEN, i));
            }
            live.execute(note(100, Live.ANN), note(101, Live.BEN));

            ann.until("INSERT 100");
            ben.until("INSERT 101");
            assertThat(ann.shortly()).containsExactly("INSERT 100");
            assertThat(ben.shortly())
                    .filteredOn(e -> e.startsWith("INSERT"))
                    .containsExactly("INSERT 101");
            assertThat(ben.shortly()).filteredOn(e -> e.startsWith("UPDATE")).hasSize(20);
        }
    }

    @Test
    void aColumnThatThePublicationLacksLeavesTheVerdictUnknownOnceTheRowIsGone() {
        try (var live =
                Live.start(
                        Live.NOTES,
                        "alter publication supabase_realtime drop table notes; alter publication"
                                + " supabase_realtime add table notes (id, title)")) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "notes");

            live.execute(
                    "begin; %s; commit".formatted(note(1, Live.ANN)),
                    "begin; %s; delete from notes where id = 2; commit"
                            .formatted(note(2, Live.ANN)),
                    note(3, Live.ANN));

            ann.until("INSERT 3");
            assertThat(ann.shortly()).contains("INSERT 1", "INSERT 3").doesNotContain("INSERT 2");
            assertThat(live.observer.scrape()).contains("realtime_verdict_unknown_total 1.0");
        }
    }
}

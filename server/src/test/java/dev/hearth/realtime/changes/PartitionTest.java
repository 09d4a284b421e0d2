package dev.hearth.realtime.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.replication.Gap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Instant;

/// Partitions are matched and judged as their root, however the publication names them (realtime.md
/// 15.3).
@Tag("all-postgres")
class PartitionTest {

    private static final String ROOMS =
            """
            create table rooms (id int primary key, owner uuid) partition by range (id);
            create table rooms_low partition of rooms for values from (0) to (100);
            create table rooms_high partition of rooms for values from (100) to (200);
            alter table rooms enable row level security;
            create policy own on rooms for select to authenticated using (owner = (select auth.uid()));
            grant select on rooms, rooms_low, rooms_high to authenticated, service_role;
            alter publication supabase_realtime add table rooms;
            """;

    private static void rootHidesForeignRows(String viaRoot) {
        try (var live =
                Live.start(
                        "alter publication supabase_realtime set (publish_via_partition_root = "
                                + viaRoot
                                + ")",
                        ROOMS)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "rooms");

            live.execute(
                    "insert into rooms values (1, '%s')".formatted(Live.BEN),
                    "insert into rooms values (2, '%s')".formatted(Live.ANN));

            ann.until("INSERT 2");
            assertThat(ann.shortly()).containsExactly("INSERT 2");
            assertThat(ann.event("INSERT 2").data().get("table").asText()).isEqualTo("rooms");
        }
    }

    @Test
    void byRoot() {
        rootHidesForeignRows("true");
    }

    @Test
    void byLeaf() {
        rootHidesForeignRows("false");
    }

    @Test
    void aRowThatMovesIsDeletedAndInserted() {
        try (var live = Live.start(ROOMS)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "rooms");

            live.execute(
                    "insert into rooms values (1, '%s')".formatted(Live.ANN),
                    "update rooms set id = 101");

            ann.until("INSERT 101");
            assertThat(ann.shortly()).containsExactly("INSERT 1", "DELETE 1", "INSERT 101");
        }
    }

    @Test
    void aGapIsToldToWhoeverReceives() {
        try (var live = Live.start(ROOMS)) {
            Heard ann = live.subscribe(Live.user(Live.ANN), "rooms");
            var from = Instant.parse("2026-01-01T00:00:00Z");

            live.changes.log().gap(new Gap(from, from.plusSeconds(5), "the slot was lost"));

            ann.untilSystem(
                    "error Changes may have been missed between 2026-01-01T00:00:00Z and"
                            + " 2026-01-01T00:00:05Z: the slot was lost");
            ann.untilSystem("ok Subscribed to PostgreSQL");
        }
    }
}

package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestPostgres;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;

@Tag("all-postgres")
class PublicationTest {
    private static final String DROP = "drop publication supabase_realtime";
    private static final String CREATE =
            "create publication supabase_realtime for table t with (publish_via_partition_root ="
                    + " true)";

    @Test
    void flowsAgainWithinTenSecondsOfItsReturnWithAWriteBetween() {
        try (var followed =
                Followed.start(Followed.PUBLISHED_TABLE, "create table other (i int)")) {
            followed.marker(1);
            followed.execute(DROP, "insert into other values (1)", CREATE);
            followed.flowsWithinTenSeconds();

            assertThat(followed.heard.gaps)
                    .isNotEmpty()
                    .allSatisfy(
                            gap -> {
                                assertThat(gap.reason())
                                        .isEqualTo("the publication was dropped and created again");
                                assertThat(gap.from()).isBefore(gap.to());
                            });
        }
    }

    @Test
    void tellsTheGapWhenOnlyAPublishedTableWasWrittenBetween() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.execute(DROP, "insert into t values (2, 'between')", CREATE);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !followed.heard.gaps.isEmpty());
            followed.flowsWithinTenSeconds();
            assertThat(followed.heard.inserted()).doesNotContain("2");
        }
    }

    @Test
    void tellsNoGapWhenItIsReplacedInOneTransaction() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.execute(DROP + "; " + CREATE);
            followed.marker(2);
            assertThat(followed.heard.interruptions).isEmpty();
            assertThat(followed.heard.gaps).isEmpty();
        }
    }

    @Test
    void tellsNoGapWhenNothingWasWrittenBetween() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.execute(DROP, CREATE);
            followed.flowsWithinTenSeconds();
            assertThat(followed.heard.gaps).isEmpty();
        }
    }

    @Test
    void saysThatItIsAwayAndGoesOnWhenItIsBack() {
        var settings = Followed.settings().withSenderTimeout(Duration.ofSeconds(1));
        try (var followed = Followed.start(settings, Followed.PUBLISHED_TABLE)) {
            followed.marker(1);
            followed.execute(DROP);
            Followed.await()
                    .until(() -> !followed.heard.events(ReplicationEvent.Waiting.class).isEmpty());
            followed.execute("insert into t values (2, 'between')", CREATE);
            followed.flowsWithinTenSeconds();

            assertThat(followed.heard.events(ReplicationEvent.Waiting.class))
                    .extracting(ReplicationEvent.Waiting::problem)
                    .contains(new ReplicationProblem.NoPublication("supabase_realtime"));
        }
    }

    @Test
    void healsAgainAndAgain() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            for (int i = 0; i < 3; i++) {
                followed.execute(DROP, "insert into t values (" + -i + ", 'between')", CREATE);
            }
            followed.flowsWithinTenSeconds();
            assertThat(followed.heard.inserted()).doesNotContain("0", "-1", "-2");
            assertThat(followed.heard.gaps).isNotEmpty();
        }
    }

    @Test
    void isWaitedForAtTheStart() {
        try (var database = TestPostgres.cluster().createDatabase();
                var followed = Followed.of(database, Followed.settings())) {
            Followed.await()
                    .until(() -> !followed.heard.events(ReplicationEvent.Waiting.class).isEmpty());
            followed.execute(Followed.PUBLICATION, Followed.PUBLISHED_TABLE);
            followed.untilFollowing(1);
            followed.marker(1);
        }
    }
}

package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.NewKeys;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Tag("all-postgres")
class SlotRemovalTest {
    private final List<String> steps = new ArrayList<>();

    @Test
    void dropsTheSlotOfAServerThatIsGone() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            given.execute(
                    "select pg_create_logical_replication_slot('hearth_' || oid, 'pgoutput')"
                            + " from pg_database where datname = current_database()");

            SlotRemoval.run(config(given, Map.of()), steps::add);
            SlotRemoval.run(config(given, Map.of()), steps::add);

            assertThat(steps).hasSize(2);
            assertThat(steps.getFirst()).startsWith("dropped the replication slot hearth_");
            assertThat(steps.getLast()).startsWith("there is no replication slot hearth_");
        }
    }

    @Test
    void dropsTheSlotOfTheNameThatWasChosen() {
        try (var given = TestPostgres.cluster().createDatabase()) {
            given.execute("select pg_create_logical_replication_slot('chosen', 'pgoutput')");

            SlotRemoval.run(config(given, Map.of("HEARTH_SLOT_NAME", "chosen")), steps::add);

            assertThat(steps).containsExactly("dropped the replication slot chosen");
        }
    }

    @Test
    void leavesASlotOfAnotherDatabase() {
        try (var given = TestPostgres.cluster().createDatabase();
                var other = TestPostgres.cluster().createDatabase()) {
            other.execute("select pg_create_logical_replication_slot('foreign', 'pgoutput')");
            Config config = config(given, Map.of("HEARTH_SLOT_NAME", "foreign"));

            assertThatThrownBy(() -> SlotRemoval.run(config, steps::add))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("foreign is not ours");
        }
    }

    @Test
    void saysThatNobodyAnswersWithoutThePassword() {
        var address = Map.of("HEARTH_DATABASE_URL", "postgresql://owner:hidden@127.0.0.1:1/app");
        var config = Config.from(Settings.of(List.of(address, NewKeys.make(Instant.now()))));

        assertThatThrownBy(() -> SlotRemoval.run(config, StartProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("owner@127.0.0.1:1/app")
                .hasMessageNotContaining("hidden");
    }

    private static Config config(TestDatabase given, Map<String, String> settings) {
        var address = Map.of("HEARTH_DATABASE_URL", given.url(TestPostgres.SUPERUSER));
        return Config.from(Settings.of(List.of(settings, address, NewKeys.make(Instant.now()))));
    }
}

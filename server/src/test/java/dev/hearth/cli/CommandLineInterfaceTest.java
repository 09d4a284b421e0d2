package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Config;
import dev.hearth.database.StartProgress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class CommandLineInterfaceTest {
    @TempDir private Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private final Recorder tasks = new Recorder();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void answersTwoToACommandThatItDoesNotKnow() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(err.toString()).contains("fly").contains("Usage:");
    }

    @Test
    void answersTwoToAPortThatIsNoNumber() {
        assertThat(run("start", "--port", "http")).isEqualTo(2);
    }

    @Test
    void answersTwoWithoutACommand() {
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void listsItsCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("start", "status", "migrate", "keys");
    }

    @Test
    void refusesToMigrateNowhere() {
        assertThat(run("migrate")).isEqualTo(1);
        assertThat(err.toString()).contains("--database-url").contains("HEARTH_DATABASE_URL");
    }

    @Test
    void migratesTheNamedDatabase() {
        var url = "postgresql://owner:secret@db.example:6000/app";

        assertThat(run("migrate", "--database-url", url, "--with", "support-chat")).isZero();

        var config = tasks.migrated.getFirst();
        assertThat(config.database().owner().orElseThrow().port()).isEqualTo(6000);
        assertThat(config.with()).containsExactly("support-chat");
        assertThat(config.database().skipMissingExtensions()).isFalse();
    }

    @Test
    void skipsMissingExtensionsWhenTold() {
        run("migrate", "--database-url", "postgresql://a@b/c", "--skip-missing-extensions");

        assertThat(tasks.migrated.getFirst().database().skipMissingExtensions()).isTrue();
    }

    @Test
    void removesTheSlotInsteadOfMigrating() {
        assertThat(run("migrate", "--database-url", "postgresql://a@b/c", "--remove-slot"))
                .isZero();

        assertThat(tasks.migrated).isEmpty();
        assertThat(tasks.unslotted).hasSize(1);
    }

    @Test
    void prefersTheOptionToTheEnvironment() {
        variables.put("HEARTH_DATABASE_URL", "postgresql://a@environment/c");

        run("migrate", "--database-url", "postgresql://a@option/c");

        assertThat(tasks.host()).isEqualTo("option");
    }

    @Test
    void prefersTheEnvironmentToTheFile() throws Exception {
        variables.put("HEARTH_DATABASE_URL", "postgresql://a@environment/c");
        Files.writeString(folder.resolve(".env"), "HEARTH_DATABASE_URL=postgresql://a@file/c\n");

        run("migrate");

        assertThat(tasks.host()).isEqualTo("environment");
    }

    @Test
    void readsTheFileInTheWorkingFolder() throws Exception {
        Files.writeString(folder.resolve(".env"), "HEARTH_DATABASE_URL='postgresql://a@file/c'\n");

        run("migrate");

        assertThat(tasks.host()).isEqualTo("file");
    }

    @Test
    void refusesAFileThatCannotBeRead() throws Exception {
        Files.writeString(folder.resolve(".env"), "nonsense\n");

        assertThat(run("migrate")).isEqualTo(1);
        assertThat(err.toString()).contains("Line 1 of .env");
    }

    @Test
    void saysThatNothingRuns() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString()).contains("No Hearth runs").contains("hearth start");
    }

    @Test
    void takesAStateThatAKilledServerLeftForNothing() throws Exception {
        var self = ServerState.ofThisProcess(Map.of("API_URL", "http://x"));
        new ServerState(self.pid(), self.started().minusSeconds(5), self.values()).write(folder);

        assertThat(run("status", "--data", folder.toString())).isEqualTo(1);
    }

    @Test
    void printsTheStateAsLinesForAShell() throws Exception {
        writeState();

        assertThat(run("status", "-o", "env", "--data", folder.toString())).isZero();
        assertThat(out.toString()).isEqualTo("API_URL='http://127.0.0.1:1'\nANON_KEY='a.b.c'\n");
    }

    @Test
    void printsTheStateAsJson() throws Exception {
        writeState();
        variables.put("HEARTH_DATA", folder.toString());

        assertThat(run("status", "-o", "json")).isZero();
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("API_URL").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(json.path("ANON_KEY").asText()).isEqualTo("a.b.c");
    }

    @Test
    void keepsTheStateFromOthers() throws Exception {
        writeState();

        assertThat(Files.getPosixFilePermissions(folder.resolve("hearth.json")).toString())
                .doesNotContain("GROUP")
                .doesNotContain("OTHERS");
    }

    @Test
    void makesKeysThatItsOwnSettingsAccept() throws Exception {
        assertThat(run("keys")).isZero();
        Files.writeString(folder.resolve(".env"), out.toString());

        assertThat(run("migrate", "--database-url", "postgresql://a@b/c")).isZero();
        var token = tasks.migrated.getFirst().token();
        assertThat(out.toString()).contains(token.jwtSecret().value());
        assertThat(token.signingKeys()).hasSize(1);
    }

    @Test
    void makesTheKeysOfAProjectOnce() throws Exception {
        var environment = environment();
        var settings =
                environment.settings(Map.of("HEARTH_DATABASE_URL", "postgresql://a@b/c"), Map.of());

        var first = ProjectSecrets.of(environment, settings);
        var second = ProjectSecrets.of(environment, settings);

        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
        assertThat(second.values()).isEqualTo(first.values());
        var file = folder.resolve(".hearth/keys.json");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void needsNoKeysInDevelopment() {
        var secrets = ProjectSecrets.of(environment(), environment().settings(Map.of(), Map.of()));

        assertThat(secrets.values()).isEmpty();
    }

    private void writeState() throws Exception {
        var values = new LinkedHashMap<String, String>();
        values.put("API_URL", "http://127.0.0.1:1");
        values.put("ANON_KEY", "a.b.c");
        ServerState.ofThisProcess(values).write(folder);
    }

    private Environment environment() {
        return new Environment(variables, folder);
    }

    private int run(String... arguments) {
        return CommandLineInterface.run(
                tasks,
                environment(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }

    private static final class Recorder implements Tasks {
        private final List<Config> migrated = new ArrayList<>();
        private final List<Config> unslotted = new ArrayList<>();

        @Override
        public Running start(Config config, StartProgress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void migrate(Config config, StartProgress progress) {
            migrated.add(config);
        }

        @Override
        public void removeSlot(Config config, StartProgress progress) {
            unslotted.add(config);
        }

        String host() {
            return migrated.getFirst().database().owner().orElseThrow().host();
        }
    }
}

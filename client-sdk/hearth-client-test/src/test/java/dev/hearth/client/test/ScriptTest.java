package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where migrations come from.
class ScriptTest {

    @TempDir private Path folder;

    @Test
    void aFolderIsItsSqlFilesInTheOrderOfTheirNames() throws IOException {
        Files.writeString(folder.resolve("20260102000000_b.sql"), "b");
        Files.writeString(folder.resolve("20260101000000_a.sql"), "a");
        Files.writeString(folder.resolve("readme.md"), "not this");

        assertThat(find(folder.toString())).extracting(Script::sql).containsExactly("a", "b");
    }

    @Test
    void aFolderMayLieOnTheClassPath() {
        assertThat(find("project/supabase/migrations"))
                .extracting(script -> Path.of(script.name()).getFileName().toString())
                .containsExactly("20260101000000_teams.sql", "20260102000000_players.sql");
    }

    @Test
    void saysThatAFolderHoldsNone() {
        assertThatThrownBy(() -> find(folder.toString()))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("no file that ends in .sql");
    }

    @Test
    void namesTheMigrationThatIsNotThere() {
        assertThatThrownBy(() -> find("missing.sql"))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("no migration missing.sql")
                .hasMessageContaining("class path");
    }

    private static List<Script> find(String name) {
        return Script.find(ScriptTest.class, List.of(name));
    }
}

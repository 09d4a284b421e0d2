package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class MigrationFileTest {

    @TempDir Path folder;

    @Test
    void runsInTheOrderOfTheNames() throws IOException {
        write("20240302000000_b.sql", "20240101000000_c.sql", "20240301000000_a.sql");

        assertThat(MigrationFile.in(folder, MigrationProgress.silent()))
                .extracting(MigrationFile::name)
                .containsExactly("c", "a", "b");
    }

    @Test
    void partsVersionAndNameAtTheFirstUnderscore() throws IOException {
        write("20240101000000_add_rooms_2.sql");

        assertThat(MigrationFile.in(folder, MigrationProgress.silent()))
                .extracting(MigrationFile::version, MigrationFile::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("20240101000000", "add_rooms_2"));
    }

    @Test
    void tellsOfASqlFileWithAnotherName() throws IOException {
        write("rooms.sql", "README.md");
        List<String> told = new ArrayList<>();

        List<MigrationFile> files = MigrationFile.in(folder, new Told(told));

        assertThat(files).isEmpty();
        assertThat(told).singleElement().asString().startsWith("rooms.sql is skipped");
    }

    @Test
    void refusesAVersionThatIsThereTwice() throws IOException {
        write("20240101000000_a.sql", "20240101000000_b.sql");

        assertThatThrownBy(() -> MigrationFile.in(folder, MigrationProgress.silent()))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "20240101000000_a.sql and 20240101000000_b.sql carry the same version,"
                                + " 20240101000000.");
    }

    @Test
    void findsNothingWithoutAFolder() {
        assertThat(MigrationFile.in(folder.resolve("none"), MigrationProgress.silent())).isEmpty();
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), "select 1;");
        }
    }

    private record Told(List<String> warnings) implements MigrationProgress {

        @Override
        public void applying(String file) {}

        @Override
        public void warning(String text) {
            warnings.add(text);
        }
    }
}

package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class CredentialsTest {
    @TempDir private Path folder;
    private Path file;
    private Credentials credentials;

    @BeforeEach
    void open() {
        file = folder.resolve("credentials");
        credentials = new Credentials(file);
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(credentials.find("authenticator")).isEmpty();
    }

    @Test
    void makesAPasswordOnce() {
        var made = credentials.findOrCreate("authenticator");

        assertThat(made).hasSizeGreaterThanOrEqualTo(32);
        assertThat(new Credentials(file).findOrCreate("authenticator")).isEqualTo(made);
    }

    @Test
    void keepsAPasswordOfAnyLetters() {
        var odd = " =\\:#! ä\n\tend ";

        credentials.keep("postgres", odd);

        assertThat(new Credentials(file).find("postgres")).contains(odd);
    }

    @Test
    void keepsTheOthersWhenOneChanges() {
        credentials.keep("one", "1");
        credentials.keep("two", "2");
        credentials.keep("one", "changed");

        assertThat(credentials.find("one")).contains("changed");
        assertThat(credentials.find("two")).contains("2");
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        credentials.keep("one", "1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}

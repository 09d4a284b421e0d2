package dev.hearth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Every example, run as a person runs it, against the real server.
class ExamplesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private static Path folder;

    @AutoClose private static ServerProcess server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = new ServerProcess(folder);
    }

    @Test
    void signsInAnonymously() {
        assertThat(linesOf(SignInAnonymously.class))
                .contains("signed in, anonymous: true", "called Ada", "session left: false");
    }

    @Test
    void tellsThatPasswordsAreNotServedYet() {
        assertThat(linesOf(SignInWithPassword.class))
                .singleElement()
                .asString()
                .startsWith("this server takes no passwords: ");
    }

    @Test
    void queriesRows() {
        assertThat(linesOf(QueryRows.class))
                .containsExactly(
                        "1895 The Time Machine",
                        "1875 The Mysterious Island",
                        "Around the World in Eighty Days by Jules Verne",
                        "5 books",
                        "number 1 is Frankenstein",
                        "there is a number 99: false");
    }

    @Test
    void writesRows() {
        assertThat(linesOf(WriteRows.class))
                .containsExactly(
                        "inserted wash, due 2027-05-01",
                        "refused, there is one: true",
                        "upserted [wash (done), iron]",
                        "updated [iron (done)]",
                        "left []");
    }

    @Test
    void followsChanges() {
        assertThat(linesOf(FollowChanges.class))
                .containsExactly(
                        "INSERT iron", "one to iron", "UPDATE iron shirts", "DELETE iron shirts");
    }

    @Test
    void sendsBroadcasts() {
        assertThat(linesOf(SendBroadcasts.class))
                .containsExactlyInAnyOrder(
                        "sent: OK", "sent: OK", "cursor at 3", "3 bytes", "cursor at 5");
    }

    @Test
    void showsPresence() {
        assertThat(linesOf(ShowPresence.class))
                .containsExactly(
                        "Ann comes", "Bob comes", "here: [Ann, Bob]", "Bob goes", "here: [Ann]");
    }

    @Test
    void keepsDataPrivate() {
        assertThat(linesOf(KeepDataPrivate.class))
                .containsExactlyInAnyOrder(
                        "Ann hears: of Ann",
                        "Bob hears: of Bob",
                        "Ann sees [of Ann]",
                        "Bob sees [of Bob]",
                        "Bob does not write for Ann: new row violates row-level security policy for"
                                + " table \"tasks\"");
    }

    @Test
    void followsTheTableOfADba() {
        assertThat(linesOf(FollowOwnTable.class))
                .containsExactly("lamp: 12", "table: 3", "lamp: 12 -> 10");
    }

    @Test
    void callsFunctions() {
        assertThat(linesOf(CallFunction.class))
                .containsExactly(
                        "the oldest is of 1818",
                        "1872 Around the World in Eighty Days",
                        "1875 The Mysterious Island");
    }

    @Test
    void fetchesWhatAnInterruptionHid() {
        assertThat(linesOf(ResyncAfterInterruption.class))
                .filteredOn(line -> !line.startsWith("--"))
                .map(line -> line.replaceFirst("^\\w+ three", "then three"))
                .containsExactly("live one", "fetched two", "then three");
    }

    @Test
    void chatsOnAfterTheServerWasKilled() throws InterruptedException {
        try (Program ann = chat("Ann");
                Program bob = chat("Bob")) {
            awaitLine(ann, "* Bob is here");
            awaitLine(bob, "* Ann is here");
            ann.type("hello");
            awaitLine(bob, "Ann: hello");
            bob.type("/wave");
            awaitLine(ann, "* Bob waves");

            server.kill();
            ann.type("is anybody there?");
            awaitLine(ann, "! not sent.*");
            server.startAgain();

            ann.type("back again");
            awaitLine(bob, "Ann: back again");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                bob.type("/wave");
                                assertThat(ann.output().lines())
                                        .filteredOn("* Bob waves"::equals)
                                        .hasSizeGreaterThan(1);
                            });
            bob.type("/who");
            awaitLine(bob, "\\* here: Ann, Bob");
            assertThat(bob.output().lines().filter(line -> line.startsWith("Ann: ")))
                    .containsExactly("Ann: hello", "Ann: back again");
            assertThat(ann.end()).isZero();
            awaitLine(bob, "* Ann has left");
        }
    }

    private static Program chat(String name) {
        return run(ConsoleChat.class, name);
    }

    private static void awaitLine(Program program, String line) {
        String pattern = line.startsWith("* ") ? "\\" + line : line;
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(program.isAlive()).as(program.output()).isTrue())
                .untilAsserted(
                        () ->
                                assertThat(program.output().lines())
                                        .anySatisfy(
                                                printed -> assertThat(printed).matches(pattern)));
    }

    private static List<String> linesOf(Class<?> example) {
        try (Program program = run(example)) {
            int status = program.end();
            assertThat(status).as(program.output()).isZero();
            return program.output().lines().toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Program run(Class<?> example, String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = example.getName();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Program.start(
                folder, List.of("-Xmx128m"), Map.of("HEARTH_URL", server.url()), command);
    }
}

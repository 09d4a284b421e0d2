package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.PostgrestException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// The example of the README: row security, as each user meets it.
@HearthServer(migrations = "/notes.sql")
class NotesPolicyTest {

    record Note(long id, String body) {}

    @Test
    void eachSeesTheirOwn(TestServer server) {
        TestUser ann = server.user("ann");
        TestUser bob = server.user("bob");
        write(ann, "of Ann");
        write(bob, "of Bob");

        assertThat(read(ann)).extracting(Note::body).containsExactly("of Ann");
        assertThat(read(bob)).extracting(Note::body).containsExactly("of Bob");
    }

    @Test
    void nobodyWritesInAnothersName(TestServer server) {
        TestUser ann = server.user("ann");
        TestUser bob = server.user("bob");

        assertThatThrownBy(
                        () ->
                                bob.client()
                                        .from("notes")
                                        .insert(Map.of("owner", ann.id(), "body", "forged"))
                                        .execute())
                .isInstanceOfSatisfying(
                        PostgrestException.class,
                        refused -> assertThat(refused.code()).contains("42501"));
    }

    @Test
    void aTokenOfOnesOwnMakingIsAUserToo(TestServer server) {
        TestUser ann = server.user("ann");
        write(ann, "of Ann");

        var client = server.client(server.token(Map.of("sub", ann.id())));

        assertThat(client.from("notes").select().execute(Note.class)).hasSize(1);
    }

    @Test
    void theServiceKeySeesAll(TestServer server) {
        TestUser ann = server.user("ann");
        write(ann, "of Ann");

        server.sql("grant select on public.notes to service_role");

        assertThat(
                        server.service()
                                .from("notes")
                                .select()
                                .eq("owner", ann.id())
                                .execute(Note.class))
                .hasSize(1);
    }

    private static void write(TestUser user, String body) {
        user.client().from("notes").insert(Map.of("body", body)).execute();
    }

    private static List<Note> read(TestUser user) {
        return user.client().from("notes").select().execute(Note.class);
    }
}

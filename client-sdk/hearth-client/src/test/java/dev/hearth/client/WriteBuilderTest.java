package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hearth.client.database.InsertBuilder;
import dev.hearth.client.database.MutationBuilder;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.WriteBuilder;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// How writes end, for a program in a package of its own.
class WriteBuilderTest {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return new MockResponse.Builder()
                                .addHeader("Content-Type", "application/json")
                                .body("[]")
                                .build();
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyWriteEndsInEveryWay() {
        with(
                tasks ->
                        Stream.of(
                                        tasks.insert(Map.of("a", 1)).retry(false),
                                        tasks.upsert(Map.of("a", 1)),
                                        tasks.update(Map.of("a", 1)).maxAffected(1).eq("id", 7),
                                        tasks.delete().maxAffected(1).eq("id", 7))
                                .forEach(WriteBuilderTest::endsInEveryWay));

        assertThat(server.getRequestCount()).isEqualTo(4 * 8);
    }

    private static void endsInEveryWay(WriteBuilder write) {
        write.execute();
        assertThat(write.executeWithResponse().status()).isEqualTo(200);
        assertThat(write.toResult().isOk()).isTrue();
        write.executeAsync().join();
        assertThat(write.executeWithResponseAsync().join().status()).isEqualTo(200);
        assertThat(write.toResultAsync().join().isOk()).isTrue();
        assertThat(write.select().execute()).isEmpty();
        assertThat(write.select("id").execute()).isEmpty();
    }

    /// Reflection, as Kotlin's and test tools', and callers that were compiled before.
    @Test
    void theMethodsBelongToBothBuilders() throws Exception {
        for (Class<?> builder : Stream.of(InsertBuilder.class, MutationBuilder.class).toList()) {
            for (String name : new String[] {"select", "execute", "toResult", "executeAsync"}) {
                assertThat(builder.getMethod(name).isSynthetic()).as(name).isFalse();
            }
        }
        with(tasks -> invoke(tasks.insert(Map.of("a", 1))));

        assertThat(server.takeRequest().getMethod()).isEqualTo("POST");
    }

    private static void invoke(InsertBuilder insert) {
        try {
            InsertBuilder.class.getMethod("execute").invoke(insert);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSaidLaterHasNoEffectOnWhatIsUnderWay() throws Exception {
        with(
                tasks -> {
                    MutationBuilder update = tasks.update(Map.of("a", 1)).eq("id", 7);
                    var written = update.executeAsync();
                    update.eq("id", 8);
                    written.join();
                });

        assertThat(server.takeRequest().getTarget()).endsWith("?id=eq.7");
    }

    @Test
    void everyEndOfAChangeAsksForAFilter() {
        with(
                tasks ->
                        assertThatIllegalStateException()
                                .isThrownBy(() -> tasks.delete().select().execute())
                                .withMessageContaining("all()"));
    }

    private void with(Consumer<QueryBuilder> said) {
        try (var client = SupabaseClient.create("http://127.0.0.1:" + server.getPort(), "key")) {
            said.accept(client.from("tasks"));
        }
    }
}

package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpRequest;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okhttp3.Headers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// What every request of a client carries, and how a client is made. The headers were recorded from
/// supabase-js 2.119.
class SupabaseClientTest {

    private static final String TOKEN = "eyJh.eyJ1c2VyIjoxfQ.sig";
    private static final HttpRequest READ = HttpRequest.of("GET", "/rest/v1/t");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void setUp() throws IOException {
        server.start();
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sb_publishable_abc", "sb_secret_abc", "sb_temp_abc", "eyJh.eyJy.sig"})
    void sendsAnyKeyAsKeyAndAsToken(String key) throws Exception {
        Headers sent = sent(key, client -> client.rooms().backend());

        assertThat(sent.get("apikey")).isEqualTo(key);
        assertThat(sent.get("Authorization")).isEqualTo("Bearer " + key);
    }

    @ParameterizedTest
    @CsvSource({
        "sb_publishable_abc, ",
        "sb_secret_abc, ",
        "sb_temp_abc, Bearer sb_temp_abc",
        "eyJh.eyJy.sig, Bearer eyJh.eyJy.sig"
    })
    void sendsFunctionsNoKeyAsTokenThatIsNone(String key, @Nullable String authorization)
            throws Exception {
        Headers sent = sent(key, client -> client.rooms().functionsBackend());

        assertThat(sent.get("apikey")).isEqualTo(key);
        assertThat(sent.get("Authorization")).isEqualTo(authorization);
    }

    private Headers sent(String key, Function<SupabaseClient, Backend> room) throws Exception {
        try (var client = SupabaseClient.create(address(), key)) {
            return sent(room.apply(client), READ);
        }
    }

    @Test
    void saysWhoItIs() throws Exception {
        assertThat(sent(options -> {}).get("X-Client-Info")).matches("hearth-java/[0-9a-zA-Z.-]+");
    }

    @Test
    void letsTheProgramSayWhoItIs() throws Exception {
        Headers sent = sent(options -> options.header("x-client-info", "shop/2"));

        assertThat(sent.values("X-Client-Info")).containsExactly("shop/2");
    }

    @Test
    void sendsTheProgramsHeadersWithEveryRequest() throws Exception {
        assertThat(sent(options -> options.header("x-app", "shop")).get("x-app")).isEqualTo("shop");
    }

    @Test
    void prefersARequestsOwnHeader() throws Exception {
        try (var client = builder().header("x-app", "shop").build()) {
            Headers sent = sent(client.rooms().backend(), READ.header("X-App", "cart"));

            assertThat(sent.values("x-app")).containsExactly("cart");
        }
    }

    @Test
    void refusesAHeaderWithALineBreak() {
        var builder = builder();

        assertThatThrownBy(() -> builder.header("x-app", "shop\r\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x-app");
    }

    @Test
    void sendsATokenFromElsewhere() throws Exception {
        Headers sent = sent(options -> options.accessToken(() -> TOKEN));

        assertThat(sent.get("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(sent.get("apikey")).isEqualTo("eyJh.anon.sig");
    }

    @Test
    void asksForTheTokenFromElsewhereEachTime() throws Exception {
        var token = new AtomicReference<>("one");
        try (var client = builder().accessToken(token::get).build()) {
            Headers first = sent(client.rooms().backend(), READ);
            token.set("two");
            Headers second = sent(client.rooms().backend(), READ);

            assertThat(List.of(first.get("Authorization"), second.get("Authorization")))
                    .containsExactly("Bearer one", "Bearer two");
        }
    }

    @Test
    void sendsTheKeyWhenElsewhereHasNoToken() throws Exception {
        Headers sent = sent(options -> options.accessToken(() -> null));

        assertThat(sent.get("Authorization")).isEqualTo("Bearer eyJh.anon.sig");
    }

    @Test
    void hasNoUsersWhenTokensComeFromElsewhere() {
        try (var client = builder().accessToken(() -> TOKEN).build()) {
            assertThatThrownBy(client::auth)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("this client takes its tokens from accessToken(...)");
        }
    }

    @Test
    void takesEitherUsersOrTokensFromElsewhere() {
        var builder = builder().accessToken(() -> TOKEN).auth(options -> {});

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("accessToken(...) and auth(...) exclude each other");
    }

    @Test
    void passesTheProgramsTraceOn() throws Exception {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        Headers sent = sent(options -> options.tracePropagation(() -> traceparent));

        assertThat(sent.get("traceparent")).isEqualTo(traceparent);
    }

    @Test
    void passesNoTraceOnUnlessAsked() throws Exception {
        assertThat(sent(options -> {}).get("traceparent")).isNull();
    }

    @Test
    void seesTheServerAsAUser() throws Exception {
        try (var client = builder().build()) {
            Headers sent = sent(client.asUser(TOKEN).rooms().backend(), READ);

            assertThat(sent.get("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(sent.get("apikey")).isEqualTo("eyJh.anon.sig");
        }
    }

    @Test
    void leavesItsOwnRightsAloneWhenItSeesTheServerAsAUser() throws Exception {
        try (var client = builder().build()) {
            var unused = client.asUser(TOKEN);

            assertThat(sent(client.rooms().backend(), READ).get("Authorization"))
                    .isEqualTo("Bearer eyJh.anon.sig");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer x", "x\n"})
    void isNobodyWithoutAToken(String token) {
        try (var client = builder().build()) {
            assertThatThrownBy(() -> client.asUser(token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("no access token");
        }
    }

    @Test
    void endsAUsersViewWithTheClient() {
        var client = builder().build();
        UserView view = client.asUser(TOKEN);

        client.close();

        assertThatThrownBy(view::database).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void opensNoRoomAfterTheEnd() {
        var client = builder().build();
        client.close();

        List<Consumer<SupabaseClient>> doors =
                List.of(
                        SupabaseClient::auth,
                        SupabaseClient::database,
                        SupabaseClient::realtime,
                        SupabaseClient::storage,
                        SupabaseClient::functions,
                        closed -> closed.asUser(TOKEN));

        assertThat(doors)
                .allSatisfy(
                        door ->
                                assertThatThrownBy(() -> door.accept(client))
                                        .isInstanceOf(ClientClosedException.class));
    }

    @Test
    void refusesAsynchronousCallsAfterTheEnd() {
        var client = builder().build();
        Backend backend = client.rooms().backend();
        client.close();

        assertThatThrownBy(() -> backend.async(() -> backend.send(READ)).join())
                .hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void endsTwice() {
        var client = builder().build();
        client.close();

        client.close(Duration.ofSeconds(1));

        assertThatThrownBy(client::database).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void leavesTheProgramsThreadsRunning() {
        var threads = Executors.newSingleThreadExecutor();
        try {
            builder().executor(threads).build().close();

            assertThat(threads.isShutdown()).isFalse();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void showsNoKey() {
        try (var client = SupabaseClient.create(address(), "sb_secret_abc")) {
            assertThat(client).hasToString("SupabaseClient[" + address() + "]");
        }
    }

    @Test
    void refusesATimeoutThatIsNegative() {
        var builder = builder();

        assertThatThrownBy(() -> builder.timeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a negative timeout: PT-1S; zero means none");
    }

    @Test
    void refusesALimitThatLetsNothingThrough() {
        var builder = builder();

        assertThatThrownBy(() -> builder.maxAnswerBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAnswerBytes must be positive, not 0");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private SupabaseClientBuilder builder() {
        return SupabaseClient.builder(address(), "eyJh.anon.sig");
    }

    private Headers sent(Consumer<SupabaseClientBuilder> options) throws Exception {
        var builder = builder();
        options.accept(builder);
        try (var client = builder.build()) {
            return sent(client.rooms().backend(), READ);
        }
    }

    private Headers sent(Backend backend, HttpRequest request) throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        backend.send(request);
        return server.takeRequest().getHeaders();
    }
}

package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.Result;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.json.TypeRef;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// What becomes of the answers, the good and the bad.
class AnswersTest {

    private static final String ROWS = "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":null}]";

    private FakeApi api;

    record Row(int id, @Nullable String name) {}

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private SelectBuilder select() {
        return api.tasks().select();
    }

    private PostgrestException refused(int status, String json, ThrowingCallable call) {
        api.answers(status, json);
        return catchThrowableOfType(PostgrestException.class, call);
    }

    private static String error(String code, String message) {
        return "{\"code\":\"%s\",\"message\":\"%s\",\"details\":null,\"hint\":null}"
                .formatted(code, message);
    }

    @Test
    void readsRowsAsRecordsMapsAndText() {
        for (int i = 0; i < 4; i++) {
            api.answers(200, ROWS);
        }
        assertThat(select().execute(Row.class)).containsExactly(new Row(1, "a"), new Row(2, null));
        assertThat(select().execute(new TypeRef<Map<String, String>>() {}).get(0))
                .containsEntry("id", "1");
        assertThat(select().execute().get(0)).containsEntry("id", 1L);
        assertThat(select().executeRaw()).isEqualTo(ROWS);
    }

    @Test
    void tellsCountStatusAndHeaders() {
        api.answers(206, "application/json", ROWS, "Content-Range", "0-1/40", "X-Seen", "yes");
        PostgrestResponse<List<Row>> page =
                api.tasks().select("*", Count.EXACT).executeWithResponse(Row.class);
        assertThat(page.data()).hasSize(2);
        assertThat(page.count()).hasValue(40);
        assertThat(page.status()).isEqualTo(206);
        assertThat(page.headers()).containsEntry("x-seen", List.of("yes"));
        assertThat(page.raw()).isEqualTo(ROWS);
        assertThat(page).asString().doesNotContain("name");
    }

    @Test
    void tellsNoCountThatWasNotAskedForOrNotTold() {
        api.answers(200, "application/json", "[]", "Content-Range", "*/3");
        assertThat(select().executeWithResponse(Row.class).count()).isEmpty();
        api.answers(200, "application/json", "[]", "Content-Range", "0-1/*");
        assertThat(api.tasks().select("*", Count.PLANNED).executeWithResponse(Row.class).count())
                .isEmpty();
        api.answers(200, "");
        assertThatThrownBy(() -> select().executeCount()).isInstanceOf(PostgrestException.class);
    }

    @Test
    void readsOneRow() {
        api.answers(
                200,
                "application/vnd.pgrst.object+json; charset=utf-8",
                "{\"id\":1,\"name\":\"a\"}");
        assertThat(select().single().execute(Row.class)).isEqualTo(new Row(1, "a"));
        api.answers(204, "");
        assertThatThrownBy(() -> select().single().execute(Row.class))
                .isInstanceOf(PostgrestException.class)
                .hasMessageContaining("has none");
    }

    @Test
    void readsOneRowOrNone() {
        api.answers(200, " [{\"id\":1,\"name\":\"a\"}]");
        assertThat(select().maybeSingle().execute(Row.class)).contains(new Row(1, "a"));
        api.answers(200, "[]");
        assertThat(select().maybeSingle().execute(Row.class)).isEmpty();
        api.answers(200, "{\"id\":1,\"name\":\"a\"}");
        assertThat(api.database.rpc("one").maybeSingle().execute(Row.class))
                .contains(new Row(1, "a"));
        api.answers(200, "null");
        assertThat(api.database.rpc("one").maybeSingle().execute(Row.class)).isEmpty();
        PostgrestException several =
                refused(200, ROWS, () -> select().maybeSingle().execute(Row.class));
        assertThat(several.isNotSingle()).isTrue();
        assertThat(several.status()).hasValue(406);
        assertThat(several.details().orElse("")).startsWith("Results contain 2 rows");
    }

    @Test
    void readsWhatAFunctionGives() {
        api.answers(200, "3").answers(200, "null").answers(204, "").answers(200, ROWS);
        RpcBuilder call = api.database.rpc("f");
        assertThat(call.execute(Long.class)).isEqualTo(3L);
        assertThat(call.execute(Long.class)).isNull();
        assertThat(call.execute(Long.class)).isNull();
        assertThat(call.executeList(Row.class)).hasSize(2);
    }

    @Test
    void givesErrorsAsValues() {
        api.answers(400, error("22P02", "invalid input"))
                .answers(400, error("22P02", "invalid input"));
        assertThat(select().toResult(Row.class)).isInstanceOf(Result.Err.class);
        assertThat(api.tasks().insert(Map.of("a", 1)).toResultAsync().join().isOk()).isFalse();
    }

    @Test
    void tellsWhatTheServerSaid() {
        PostgrestException e =
                refused(
                        409,
                        "{\"code\":\"23505\",\"message\":\"duplicate key\",\"details\":\"Key"
                                + " (id)=(1)\",\"hint\":\"try\"}",
                        () -> select().execute());
        assertThat(e).hasMessage("duplicate key");
        assertThat(e.code()).contains("23505");
        assertThat(e.details()).contains("Key (id)=(1)");
        assertThat(e.hint()).contains("try");
        assertThat(e.status()).hasValue(409);
        assertThat(e.request().orElseThrow().url()).endsWith("/rest/v1/tasks");
        assertThat(e.isUniqueViolation()).isTrue();
        assertThat(e.isForeignKeyViolation()).isFalse();
    }

    @Test
    void keepsDetailsThatAreNoText() {
        PostgrestException e =
                refused(
                        300,
                        "{\"code\":\"PGRST201\",\"message\":\"m\",\"details\":[{\"a\":1}],\"hint\":null}",
                        () -> select().execute());
        assertThat(e.details()).contains("[{\"a\":1}]");
        assertThat(e.hint()).isEmpty();
    }

    @Test
    void tellsPoliciesFromGrants() {
        String policy = "new row violates row-level security policy for table \\\"tasks\\\"";
        PostgrestException row =
                refused(
                        403,
                        error("42501", policy),
                        () -> api.tasks().insert(Map.of("a", 1)).execute());
        assertThat(row.isRlsDenied()).isTrue();
        assertThat(row.isMissingGrant()).isFalse();
        assertThat(row.hint()).isEmpty();
        PostgrestException grant =
                refused(
                        401,
                        error("42501", "permission denied for table tasks"),
                        () -> select().execute());
        assertThat(grant.isRlsDenied()).isFalse();
        assertThat(grant.isMissingGrant()).isTrue();
    }

    @Test
    void hintsAtTheInsertWhoseRowMayNotBeRead() {
        String policy = "new row violates row-level security policy for table \\\"tasks\\\"";
        PostgrestException e =
                refused(
                        403,
                        error("42501", policy),
                        () -> api.tasks().insert(Map.of("a", 1)).select().execute());
        assertThat(e.hint().orElse("")).contains("use insert(…).execute() without select()");
    }

    @Test
    void namesEachKindOfRefusal() {
        assertThat(
                        refused(406, error("PGRST116", "m"), () -> select().single().execute())
                                .isNotSingle())
                .isTrue();
        assertThat(refused(404, error("PGRST205", "m"), () -> select().execute()).isNotFound())
                .isTrue();
        assertThat(
                        refused(401, error("PGRST303", "JWT expired"), () -> select().execute())
                                .isTokenRejected())
                .isTrue();
        assertThat(refused(500, error("57014", "m"), () -> select().execute()).isStatementTimeout())
                .isTrue();
        assertThat(refused(400, error("23514", "m"), () -> select().execute()).isCheckViolation())
                .isTrue();
        assertThat(refused(400, error("23502", "m"), () -> select().execute()).isNotNullViolation())
                .isTrue();
        assertThat(
                        refused(409, error("23503", "m"), () -> select().execute())
                                .isForeignKeyViolation())
                .isTrue();
        assertThat(
                        refused(400, error("PGRST124", "m"), () -> select().execute())
                                .isMaxAffectedExceeded())
                .isTrue();
    }

    @Test
    void readsTheErrorsOfGateways() {
        PostgrestException e = refused(429, "{\"msg\":\"slow down\"}", () -> select().execute());
        assertThat(e).hasMessage("slow down");
        assertThat(e.code()).isEmpty();
    }

    @Test
    void takesTheCodeOfASilentRefusalFromItsHeader() {
        api.answers(404, "", "", "Proxy-Status", "PostgREST; error=PGRST205");
        PostgrestException e =
                catchThrowableOfType(PostgrestException.class, () -> select().executeCount());
        assertThat(e.isNotFound()).isTrue();
    }

    @Test
    void tellsAnswersThatAreNotJsonWithoutRepeatingThem() {
        api.answers(502, "text/html", "<html>secret</html>");
        PostgrestException bad =
                catchThrowableOfType(PostgrestException.class, () -> select().execute());
        assertThat(bad).hasMessageContaining("502").hasMessageContaining("text/html");
        assertThat(bad).message().doesNotContain("secret");
        api.answers(200, "text/html", "<html>secret</html>");
        PostgrestException good =
                catchThrowableOfType(PostgrestException.class, () -> select().execute(Row.class));
        assertThat(good).hasMessageContaining("is not JSON");
        assertThat(good.hint().orElse("")).contains("address of the project");
    }

    @Test
    void tellsWhereAnAnswerHasAnotherShape() {
        api.answers(200, "[{\"id\":\"x\"}]");
        assertThatThrownBy(() -> select().execute(Row.class))
                .isInstanceOfSatisfying(
                        JsonMappingException.class, e -> assertThat(e.path()).contains("id"));
        api.answers(200, "[{\"id\":1},");
        assertThatThrownBy(() -> select().execute(Row.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @Test
    void namesTheLimitOfTheAddressWhenALongOneFails() {
        SelectBuilder query = select().eq("title", "x".repeat(8000));
        api.answers(414, "text/html", "too long");
        PostgrestException e =
                catchThrowableOfType(PostgrestException.class, () -> query.execute());
        assertThat(e.hint().orElse("")).contains("urlLengthLimit of 8000").contains("rpc(…)");
    }

    @Test
    void namesTheLimitOfTheAddressWhenTheConnectionBreaks() throws IOException {
        try (var small = new FakeApi(options -> options.urlLengthLimit(50).retry(false))) {
            small.server.enqueue(
                    new MockResponse.Builder()
                            .onRequestStart(new SocketEffect.CloseSocket())
                            .build());
            small.server.enqueue(
                    new MockResponse.Builder()
                            .onRequestStart(new SocketEffect.CloseSocket())
                            .build());
            assertThatThrownBy(() -> small.tasks().select().eq("title", "x".repeat(50)).execute())
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("urlLengthLimit of 50");
        }
    }

    @Test
    void sendsALongAddressAllTheSame() {
        api.answers(200, "[]");
        assertThat(select().eq("title", "x".repeat(9000)).execute()).isEmpty();
    }

    @Test
    void sendsReadsAgainWhileTheServerIsAway() throws Exception {
        for (int i = 0; i < 3; i++) {
            api.answers(520, "text/plain", "away", "Retry-After", "0");
        }
        api.answers(200, "[]");
        assertThat(select().execute()).isEmpty();
        assertThat(api.asked().getHeaders().get("X-Retry-Count")).isNull();
        for (String count : List.of("1", "2", "3")) {
            assertThat(api.asked().getHeaders().get("X-Retry-Count")).isEqualTo(count);
        }
    }

    @Test
    void sendsNothingAgainThatWritesOrShallNotBe() throws IOException {
        api.answers(520, "text/plain", "away", "Retry-After", "0");
        assertThatThrownBy(() -> api.tasks().insert(Map.of("a", 1)).execute())
                .isInstanceOf(PostgrestException.class);
        api.answers(520, "text/plain", "away", "Retry-After", "0");
        assertThatThrownBy(() -> select().retry(false).execute())
                .isInstanceOf(PostgrestException.class);
        assertThat(api.server.getRequestCount()).isEqualTo(2);
        try (var once = new FakeApi(options -> options.retry(false))) {
            once.answers(520, "text/plain", "away", "Retry-After", "0");
            assertThatThrownBy(() -> once.tasks().select().execute())
                    .isInstanceOf(PostgrestException.class);
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws IOException {
        try (var slow =
                new FakeApi(options -> options.timeout(Duration.ofMillis(80)).retry(false))) {
            slow.server.enqueue(
                    new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build());
            assertThatThrownBy(() -> slow.tasks().select().execute())
                    .isInstanceOf(RequestTimeoutException.class);
            slow.server.enqueue(
                    new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build());
            assertThatThrownBy(() -> slow.tasks().select().timeout(Duration.ofMillis(30)).execute())
                    .isInstanceOfSatisfying(
                            RequestTimeoutException.class,
                            e -> assertThat(e.timeout()).isEqualTo(Duration.ofMillis(30)));
        }
    }

    @Test
    void cancellingTheFutureEndsTheRequest() throws Exception {
        api.server.enqueue(
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
        var ended = new AtomicReference<Throwable>();
        CompletableFuture<List<Map<String, Object>>> rows = select().executeAsync();
        api.asked();
        var unused = Result.of(rows).whenComplete((result, thrown) -> ended.set(thrown));
        assertThat(rows.cancel(true)).isTrue();
        assertThatThrownBy(rows::join)
                .isInstanceOfAny(CancellationException.class, RequestCancelledException.class);
        await().untilAsserted(() -> assertThat(ended.get()).isNotNull());
    }

    @Test
    void sendsNothingAfterTheEnd() {
        api.closeClient();
        assertThatThrownBy(() -> select().execute()).isInstanceOf(ClientClosedException.class);
        assertThat(select().executeAsync()).isCompletedExceptionally();
        assertThat(api.server.getRequestCount()).isZero();
    }
}

package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests of every kind, good and bad, by several clients at once on a few connections, in an
/// order that a seed decides. Each read has the rows of the equivalent SQL, run as the same role
/// with the same claims; no caller finds anything of another on the connection; nothing is answered
/// with a 5xx that no function asked for.
///
/// A failure names its seed: `-Dhearth.test.mix.seed=…` makes the same requests again.
/// `-Dhearth.test.mix.requests=…` is how many each client makes.
@Tag("all-postgres")
class RandomMixTest {

    private static final int CLIENTS = 4;
    private static final int CONNECTIONS = 3;
    private static final int REQUESTS = Integer.getInteger("hearth.test.mix.requests", 150);
    private static final long SEED =
            Long.getLong("hearth.test.mix.seed", System.nanoTime() & 0xFFFFFF);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Roles, and users by their `sub`.
    private static final List<Caller> CALLERS = callers();

    private static TestApi api;
    private static final Map<String, JsonNode> SETTINGS = new ConcurrentHashMap<>();
    private static final Set<Integer> STAINED = ConcurrentHashMap.newKeySet();
    private static final Set<Integer> PROBED = ConcurrentHashMap.newKeySet();

    private record Caller(String role, Optional<String> user) {

        TestApi.Call on(TestApi.Call call) {
            return switch (role) {
                case "service_role" -> call.asService();
                case "authenticated" -> call.as(user.orElseThrow());
                default -> call;
            };
        }

        String claims() {
            return user.map(sub -> "{\"role\":\"%s\",\"sub\":\"%s\"}".formatted(role, sub))
                    .orElse("{\"role\":\"%s\"}".formatted(role));
        }
    }

    private static List<Caller> callers() {
        var all = new ArrayList<Caller>();
        all.add(new Caller("anon", Optional.empty()));
        all.add(new Caller("service_role", Optional.empty()));
        MixSchema.USERS.forEach(user -> all.add(new Caller("authenticated", Optional.of(user))));
        return all;
    }

    @BeforeAll
    static void start() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_DB_POOL",
                                String.valueOf(CONNECTIONS),
                                "PGRST_DB_TX_END",
                                "commit-allow-override"),
                        MixSchema.statements());
        for (Caller caller : CALLERS) {
            SETTINGS.put(caller.role(), probe(caller).get("settings"));
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyCallerSeesTheirOwnRowsAndNothingOfAnother() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var mix = new Client(client);
                clients.add(threads.submit(mix::run));
            }
            for (Future<?> each : clients) {
                each.get();
            }
            probeAll(threads);
        } catch (ExecutionException e) {
            throw new AssertionError("-Dhearth.test.mix.seed=" + SEED, e.getCause());
        }
        assertThat(PROBED).as("connections that were looked at").containsAll(STAINED);
        assertThat(
                        api.database()
                                .ask(
                                        "select count(*) from pg_stat_activity where datname ="
                                                + " current_database() and usename ="
                                                + " 'authenticator' and state <> 'idle'"))
                .isEqualTo("0");
        assertThat(api.events()).noneMatch(RestEvent.Faulted.class::isInstance);
    }

    /// Every connection once more, after the last of its callers.
    private static void probeAll(java.util.concurrent.ExecutorService threads) throws Exception {
        for (int round = 0; round < 50 && !PROBED.containsAll(STAINED); round++) {
            var probes = new ArrayList<Future<?>>();
            for (int each = 0; each < 2 * CONNECTIONS; each++) {
                probes.add(threads.submit(() -> check(CALLERS.getFirst())));
            }
            for (Future<?> each : probes) {
                each.get();
            }
        }
    }

    private static JsonNode probe(Caller caller) {
        return caller.on(api.post("/rpc/probe", "{}")).ask().json();
    }

    /// What a caller finds on the connection that it happens to get.
    private static void check(Caller caller) {
        JsonNode found = probe(caller);
        PROBED.add(found.get("pid").asInt());
        var expected = JSON.createObjectNode();
        expected.set("pid", found.get("pid"));
        expected.put("who", caller.role());
        expected.put("login", "authenticator");
        expected.put("sub", caller.user().orElse(null));
        expected.put("method", "POST");
        expected.putNull("left");
        expected.putNull("trace");
        expected.putNull("status");
        expected.putNull("headers");
        expected.set("settings", SETTINGS.get(caller.role()));
        expected.put("level", "read committed");
        expected.put("closed", "off");
        assertThat(found).isEqualTo(expected);
    }

    /// One who makes requests one after the other.
    private static final class Client {

        private final Random random;
        private final Caller writer;

        /// @param number users write journals of their own, so that each client knows its lines
        Client(int number) {
            random = new Random(SEED * CLIENTS + number);
            writer = new Caller("authenticated", Optional.of(MixSchema.USERS.get(number)));
        }

        Void run() throws SQLException {
            try (var direct = api.database().connect("authenticator")) {
                direct.setAutoCommit(false);
                for (int left = REQUESTS; left > 0; left--) {
                    one(direct);
                }
            }
            return null;
        }

        private void one(Connection direct) throws SQLException {
            int kind = random.nextInt(100);
            if (kind < 40) {
                read(direct, any(CALLERS), MixedRead.of(random));
            } else if (kind < 50) {
                journal(direct);
            } else if (kind < 60) {
                undone();
            } else if (kind < 70) {
                check(any(CALLERS));
            } else if (kind < 82) {
                stain();
            } else if (kind < 88) {
                statement();
            } else if (kind < 92) {
                raise();
            } else {
                bad();
            }
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private void read(Connection direct, Caller caller, MixedRead read) throws SQLException {
            var reply = caller.on(api.get(read.target())).ask();
            assertThat(reply.status()).as(read.target()).isEqualTo(200);
            assertThat(reply.json())
                    .as("%s as %s, against %s", read.target(), caller, read.sql())
                    .isEqualTo(direct(direct, caller, read.sql()));
        }

        private static JsonNode direct(Connection direct, Caller caller, String sql)
                throws SQLException {
            try (var settings =
                            direct.prepareStatement(
                                    "select set_config('role', ?, true),"
                                            + " set_config('request.jwt.claims', ?, true)");
                    var statement = direct.createStatement()) {
                settings.setString(1, caller.role());
                settings.setString(2, caller.claims());
                settings.execute();
                try (var rows = statement.executeQuery(sql)) {
                    rows.next();
                    return JSON.readTree(rows.getString(1));
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            } finally {
                direct.rollback();
            }
        }

        private void journal(Connection direct) throws SQLException {
            String line = "line " + random.nextInt();
            var call =
                    switch (random.nextInt(3)) {
                        case 0 ->
                                api.post("/journal", "{\"line\":\"" + line + "\"}")
                                        .prefer("return=representation");
                        case 1 ->
                                api.patch("/journal?line=like.*7*", "{\"line\":\"" + line + "\"}")
                                        .prefer("return=representation");
                        default -> api.delete("/journal?line=like.*3*");
                    };
            assertThat(writer.on(call).ask().status()).isBetween(200, 204);
            read(
                    direct,
                    writer,
                    new MixedRead(
                            "/journal?order=id",
                            "select coalesce(json_agg(j), '[]')::text from (select id, owner, line"
                                    + " from public.journal order by id) j"));
        }

        /// What it would do is told, and not done: reads find everybody as they were.
        private void undone() {
            int id = random.nextInt(MixSchema.PEOPLE) + 1;
            var call =
                    switch (random.nextInt(4)) {
                        case 0 -> api.patch("/people?id=gt." + id, "{\"name\":\"undone\"}");
                        case 1 ->
                                api.patch("/people?id=eq." + id, "{\"shared\":true}")
                                        .accept("application/vnd.pgrst.object+json");
                        case 2 -> api.delete("/items?person_id=eq." + id);
                        default -> api.post("/items", "{\"id\":%d,\"title\":\"x\"}".formatted(id));
                    };
            var reply =
                    any(CALLERS)
                            .on(call.prefer("tx=rollback").prefer("return=representation"))
                            .ask();
            assertThat(reply.status()).as(reply.body()).isBetween(200, 499);
        }

        private void stain() {
            String fails = random.nextInt(4) == 0 ? ",\"fails\":true" : "";
            int kind = random.nextInt(MixSchema.STAINS.size() + 1);
            var call =
                    kind == 0
                            ? api.post("/rpc/stain_all", "{}")
                            : api.post("/rpc/stain", "{\"kind\":" + kind + fails + "}");
            if (random.nextInt(4) == 0) {
                call.prefer("tx=rollback");
            }
            left(any(CALLERS).on(call).ask());
        }

        /// What is left behind and is no setting.
        private void statement() {
            String text =
                    any(
                            List.of(
                                    "listen everything",
                                    "deallocate all",
                                    "discard plans",
                                    "reset all",
                                    "set constraints all deferred",
                                    "set session characteristics as transaction read only",
                                    "prepare left_over as select 1",
                                    "declare left_over cursor with hold for select 1",
                                    "select pg_advisory_lock_shared(4711)"));
            left(any(CALLERS).on(api.post("/rpc/run", "{\"statement\":\"" + text + "\"}")).ask());
        }

        private static void left(TestApi.Reply reply) {
            assertThat(reply.status()).as(reply.body()).isBetween(200, 499);
            if (reply.status() == 200) {
                STAINED.add(Integer.parseInt(reply.body()));
            }
        }

        private void raise() {
            if (random.nextInt(3) == 0) {
                assertThat(any(CALLERS).on(api.post("/rpc/naps", "{}")).ask().refusal())
                        .isEqualTo("500 57014");
                return;
            }
            String code = any(List.of("P0001", "PT402", "PT503", "23505", "42501", "22012"));
            var reply =
                    any(CALLERS).on(api.post("/rpc/fails", "{\"code\":\"" + code + "\"}")).ask();
            assertThat(reply.status())
                    .as(reply.body())
                    .isBetween(400, code.equals("PT503") ? 503 : 499);
        }

        private void bad() {
            var call =
                    switch (random.nextInt(8)) {
                        case 0 -> api.get("/peple");
                        case 1 -> api.get("/people?select=nme");
                        case 2 -> api.get("/people?age=eq.old");
                        case 3 -> api.get("/people?or=(id.eq.1");
                        case 4 -> api.post("/journal", "{\"line\":");
                        case 5 -> api.post("/rpc/adds", "{\"a\":\"x\",\"b\":1}");
                        case 6 -> api.get("/people").bearer("e30.e30.e30");
                        default -> api.post("/journal", "{\"line\":\"\"}");
                    };
            var reply = call.ask();
            assertThat(reply.status()).as(reply.body()).isBetween(400, 499);
        }
    }
}

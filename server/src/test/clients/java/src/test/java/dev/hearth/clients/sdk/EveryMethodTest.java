package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.Conditions;
import dev.hearth.client.database.Count;
import dev.hearth.client.database.ExplainOptions;
import dev.hearth.client.database.InsertBuilder;
import dev.hearth.client.database.InsertOptions;
import dev.hearth.client.database.MaybeSingleBuilder;
import dev.hearth.client.database.MutationBuilder;
import dev.hearth.client.database.Order;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.RequestBuilder;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.SelectBuilder;
import dev.hearth.client.database.SingleBuilder;
import dev.hearth.client.database.StreamOptions;
import dev.hearth.client.database.TextSearch;
import dev.hearth.client.database.UpsertOptions;
import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.error.Result;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every public method of the builders is called once against the real server. They are found by
/// reflection: one that is added fails here until it is said how it is called.
class EveryMethodTest {

    private static final String EMBEDDED = "*, method_parts(*)";
    private static final Map<String, Object> ROW =
            Map.of("body", "wash", "tags", List.of("a"), "span", "[1,5)", "done", true);

    /// The embedded PostgreSQL has no PostGIS: the server says so.
    private static final Set<String> REFUSED = Set.of("geojson()", "geojsonAsync()");

    private static final Map<String, Object[]> CALLS = new HashMap<>();

    @TempDir private static Path data;

    private static RunningHearth hearth;
    private static SupabaseClient client;

    private record Row(long id, @Nullable String body) {}

    static {
        Consumer<Conditions> condition = c -> c.eq("id", 1);
        for (String compared : List.of("eq", "neq", "gt", "gte", "lt", "lte")) {
            says(compared + "(String,Object)", "id", 1);
        }
        for (String pattern : List.of("like", "ilike", "regexMatch", "regexIMatch")) {
            says(pattern + "(String,String)", "body", "w");
        }
        for (String patterns : List.of("likeAllOf", "likeAnyOf", "ilikeAllOf", "ilikeAnyOf")) {
            says(patterns + "(String,Collection)", "body", List.of("w%", "a,b"));
        }
        for (String list : List.of("in", "inList", "notIn")) {
            says(list + "(String,Collection)", "id", List.of(1, 2));
        }
        for (String range :
                List.of("rangeGt", "rangeGte", "rangeLt", "rangeLte", "rangeAdjacent")) {
            says(range + "(String,Object)", "span", "[1,3)");
        }
        for (String array : List.of("contains", "containedBy", "overlaps")) {
            says(array + "(String,Object)", "tags", List.of("a"));
        }
        says("is(String,Boolean)", "done", true);
        says("isDistinct(String,Object)", "done", true);
        says("textSearch(String,String)", "body", "wash");
        says("textSearch(String,String,TextSearch)", "body", "wash", TextSearch.plain());
        says("filter(String,String,Object)", "id", "eq", 1);
        says("not(String,String,Object)", "id", "eq", 7);
        says("not(Consumer)", condition);
        says("match(Map)", Map.of("id", 1));
        for (String tree : List.of("or", "and")) {
            says(tree + "(String)", "id.eq.1,id.eq.2");
            says(tree + "(Consumer)", condition);
        }
        says("or(String,String)", "id.eq.1,id.eq.2", "method_parts");
        says("or(Consumer,String)", condition, "method_parts");
        says("order(String)", "id");
        says("order(String,Order)", "id", Order.desc().nullsLast());
        says("limit(long)", 1L);
        says("limit(long,String)", 1L, "method_parts");
        says("range(long,long)", 0L, 1L);
        says("range(long,long,String)", 0L, 1L, "method_parts");
        says("header(String,String)", "x-test", "1");
        says("timeout(Duration)", Duration.ofSeconds(30));
        says("retry(boolean)", false);
        says("maxAffected(int)", 1000);
        says("select(String)", EMBEDDED);
        says("select(String,Count)", EMBEDDED, Count.EXACT);
        says("insert(Object)", ROW);
        says("insert(Object,InsertOptions)", ROW, InsertOptions.defaults().count(Count.EXACT));
        says("upsert(Object)", ROW);
        says("upsert(Object,UpsertOptions)", ROW, UpsertOptions.onConflict("id"));
        says("update(Object)", Map.of("done", true));
        says("update(Object,Count)", Map.of("done", true), Count.EXACT);
        says("delete(Count)", Count.EXACT);
        says("explain(ExplainOptions)", ExplainOptions.text().analyze());
        says("explainAsync(ExplainOptions)", ExplainOptions.json());
        // A function may answer with an object or with an array.
        for (String typed : List.of("execute", "executeWithResponse", "toResult", "executeList")) {
            for (String name : List.of(typed, typed + "Async")) {
                says(name + "(Class)", Object.class);
                says(name + "(TypeRef)", new TypeRef<Object>() {});
            }
        }
        says("stream(Class)", Row.class);
        says("stream(Class,StreamOptions)", Row.class, StreamOptions.by("id").pageSize(2));
        says("stream(TypeRef,StreamOptions)", new TypeRef<Row>() {}, StreamOptions.by("id"));
    }

    private static void says(String method, Object... arguments) {
        CALLS.put(method, arguments);
    }

    @BeforeAll
    static void start() throws Exception {
        hearth = RunningHearth.start(data, Map.of("PGRST_DB_PLAN_ENABLED", "true"));
        hearth.execute(
                """
                create table public.methods (
                    id bigint generated by default as identity primary key, body text,
                    tags text[], span int4range, done bool);
                create table public.method_parts (
                    id bigint primary key, method bigint references public.methods on delete cascade);
                insert into public.methods (id, body, tags, span, done)
                    overriding system value values (1, 'wash', '{a}', '[1,5)', true);
                alter table public.methods alter column id restart with 2;
                create function public.all_methods() returns setof public.methods
                    language sql as 'select * from public.methods';
                create function public.first_method() returns setof public.methods
                    rows 1 language sql as 'select * from public.methods where id = 1';
                grant all on public.methods, public.method_parts to anon;
                """);
        hearth.awaitTable("method_parts");
        hearth.awaitTable("methods");
        client = hearth.client();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        hearth.close();
    }

    private static QueryBuilder methods() {
        return client.from("methods");
    }

    private static SelectBuilder first() {
        return methods().select(EMBEDDED).eq("id", 1);
    }

    @TestFactory
    Stream<DynamicTest> answersEveryMethod() {
        return Stream.of(
                        every(QueryBuilder.class, EveryMethodTest::methods),
                        every(SelectBuilder.class, EveryMethodTest::first),
                        every(InsertBuilder.class, () -> methods().insert(ROW)),
                        every(
                                MutationBuilder.class,
                                () -> methods().update(Map.of("done", true)).eq("id", 1)),
                        every(SingleBuilder.class, () -> first().single()),
                        every(MaybeSingleBuilder.class, () -> first().maybeSingle()),
                        every(RpcBuilder.class, () -> client.rpc("first_method").select(EMBEDDED)))
                .flatMap(tests -> tests);
    }

    @TestFactory
    Stream<DynamicTest> answersEveryCondition() {
        return methodsOf(Conditions.class)
                .map(
                        method ->
                                dynamicTest(
                                        "Conditions." + signature(method),
                                        () ->
                                                methods()
                                                        .select()
                                                        .or(
                                                                any -> {
                                                                    var _ = call(method, any);
                                                                })
                                                        .executeRaw()));
    }

    private static Stream<DynamicTest> every(Class<?> type, Supplier<?> builder) {
        return methodsOf(type)
                .map(
                        method ->
                                dynamicTest(
                                        type.getSimpleName() + "." + signature(method),
                                        () -> answers(method, builder.get())));
    }

    private static Stream<Method> methodsOf(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().equals("toString"));
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    private static void answers(Method method, Object builder) {
        if (REFUSED.contains(signature(method))) {
            assertThatThrownBy(() -> settle(call(method, builder)))
                    .isInstanceOf(PostgrestException.class);
        } else {
            settle(call(method, builder));
        }
    }

    private static @Nullable Object call(Method method, Object builder) {
        Object[] none = {};
        Object[] arguments = method.getParameterCount() == 0 ? none : CALLS.get(signature(method));
        assertThat(arguments).as("how is %s called?", signature(method)).isNotNull();
        try {
            return method.invoke(builder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused
                    ? refused
                    : new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for the answer, or asks for it where the method only goes on building.
    private static void settle(@Nullable Object result) {
        switch (result) {
            case MutationBuilder mutation -> mutation.eq("id", -1).select(EMBEDDED).executeRaw();
            case RequestBuilder<?> request -> request.executeRaw();
            case CompletableFuture<?> future -> settle(joined(future));
            case Stream<?> stream -> assertThat(stream.toList()).isNotEmpty();
            case Result<?> outcome -> assertThat(outcome.isOk()).isTrue();
            case null, default -> {}
        }
    }

    private static @Nullable Object joined(CompletableFuture<?> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        }
    }
}

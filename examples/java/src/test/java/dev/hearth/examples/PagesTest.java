package dev.hearth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.auth.AdminClient;
import dev.hearth.client.auth.AdminMfaClient;
import dev.hearth.client.auth.AuthClient;
import dev.hearth.client.auth.MfaClient;
import dev.hearth.client.database.Conditions;
import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.FilterBuilder;
import dev.hearth.client.database.Filters;
import dev.hearth.client.database.InsertBuilder;
import dev.hearth.client.database.MaybeSingleBuilder;
import dev.hearth.client.database.MutationBuilder;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.RequestBuilder;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.SelectBuilder;
import dev.hearth.client.database.SingleBuilder;
import dev.hearth.client.database.TransformBuilder;
import dev.hearth.client.database.WriteBuilder;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.RealtimeClient;
import dev.hearth.client.storage.StorageClient;
import dev.hearth.client.storage.StorageFileApi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the pages of the SDK say is true: their Java compiles, and they leave nothing out.
class PagesTest {

    private static final Path FOLDER = Path.of("../../client-sdk");
    private static final Page FRONT = Page.read(Path.of("../../README.md"));
    private static final Page README = Page.read(FOLDER.resolve("README.md"));
    private static final Page SIDE_BY_SIDE = Page.read(FOLDER.resolve("javascript-and-java.md"));

    private static final List<Class<?>> SPOKEN_OF =
            List.of(
                    AuthClient.class,
                    MfaClient.class,
                    AdminClient.class,
                    AdminMfaClient.class,
                    DatabaseClient.class,
                    QueryBuilder.class,
                    Filters.class,
                    Conditions.class,
                    FilterBuilder.class,
                    TransformBuilder.class,
                    RequestBuilder.class,
                    SelectBuilder.class,
                    SingleBuilder.class,
                    MaybeSingleBuilder.class,
                    InsertBuilder.class,
                    MutationBuilder.class,
                    WriteBuilder.class,
                    RpcBuilder.class,
                    RealtimeClient.class,
                    Channel.class,
                    StorageClient.class,
                    StorageFileApi.class,
                    FunctionsClient.class);

    /// Not of programs, but of the parts of a client among each other.
    private static final Set<String> INNER =
            Set.of(
                    "AuthClient.accessToken",
                    "AuthClient.onAccessTokenChange",
                    "AuthClient.dispose",
                    "RealtimeClient.close",
                    "Channel.toString");

    @TempDir private static Path classes;

    @Test
    void everyBlockOfJavaCompiles() {
        var compiler = new PageCompiler(classes);
        Stream.of(FRONT, README, SIDE_BY_SIDE)
                .flatMap(page -> page.blocks().stream())
                .forEach(compiler::add);

        assertThat(compiler.compile()).isEmpty();
    }

    @Test
    void theSideBySidePageShowsEveryMethod() {
        String java =
                SIDE_BY_SIDE.blocks().stream()
                        .map(Page.Block::text)
                        .collect(Collectors.joining("\n"));

        assertThat(SPOKEN_OF.stream().flatMap(PagesTest::methods).distinct())
                .filteredOn(method -> !INNER.contains(method))
                .filteredOn(method -> !isCalled(java, method.replaceFirst(".*\\.", "")))
                .as("methods that javascript-and-java.md does not show")
                .isEmpty();
    }

    private static Stream<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().endsWith("Async"))
                .map(method -> type.getSimpleName() + "." + method.getName());
    }

    private static boolean isCalled(String java, String method) {
        return Pattern.compile("\\b" + method + "\\(").matcher(java).find();
    }
}

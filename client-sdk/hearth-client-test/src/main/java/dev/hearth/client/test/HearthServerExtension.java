package dev.hearth.client.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// What [HearthServer] does; nobody names it. The server is kept in JUnit's store, which closes it.
public final class HearthServerExtension
        implements BeforeAllCallback, TestInstancePostProcessor, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(HearthServerExtension.class);

    /// Made by JUnit.
    public HearthServerExtension() {}

    /// What servers are told apart by: a store also gives what those above it keep.
    ///
    /// @param alone the class that shares with none, or null
    private record Wanted(List<String> migrations, @Nullable Class<?> alone) {}

    /// Closed by JUnit 5 as by JUnit 6, which know two interfaces for it.
    @SuppressWarnings("deprecation")
    private record Kept(TestServer server) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        TestServer server = server(context);
        for (Field field : fields(context.getRequiredTestClass(), true)) {
            fill(field, null, server);
        }
    }

    @Override
    public void postProcessTestInstance(Object test, ExtensionContext context) {
        TestServer server = server(context);
        for (Field field : fields(test.getClass(), false)) {
            fill(field, test, server);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static List<Field> fields(Class<?> test, boolean ofClass) {
        return ReflectionSupport.findFields(
                test,
                field ->
                        field.getType() == TestServer.class
                                && !Modifier.isFinal(field.getModifiers())
                                && Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN);
    }

    private static void fill(Field field, @Nullable Object test, TestServer server) {
        try {
            field.setAccessible(true);
            field.set(test, server);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new TestServerException(
                    "the field "
                            + field
                            + " cannot be set; open its package to dev.hearth.client.test, or take"
                            + " the server as a parameter",
                    e);
        }
    }

    /// That of the class that carries the annotation; nested classes use their outer one's. Under
    /// the names that JUnit 5 knows as well.
    @SuppressWarnings("deprecation")
    private static TestServer server(ExtensionContext context) {
        ExtensionContext owner = owner(context);
        Class<?> test = owner.getRequiredTestClass();
        HearthServer asked =
                AnnotationSupport.findAnnotation(test, HearthServer.class).orElseThrow();
        ExtensionContext keeper = asked.shared() ? context.getRoot() : owner;
        List<Script> scripts = Script.find(test, List.of(asked.migrations()));
        Kept kept =
                keeper.getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                new Wanted(
                                        scripts.stream().map(Script::name).toList(),
                                        asked.shared() ? null : test),
                                wanted ->
                                        new Kept(
                                                TestServer.start(
                                                        scripts,
                                                        Duration.ofSeconds(
                                                                asked.startLimitSeconds()))),
                                Kept.class);
        return Objects.requireNonNull(kept).server();
    }

    private static ExtensionContext owner(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestClass().isEmpty()
                || found.getTestMethod().isPresent()
                || !AnnotationSupport.isAnnotated(
                        found.getRequiredTestClass(), HearthServer.class)) {
            found =
                    found.getParent()
                            .orElseThrow(
                                    () ->
                                            new TestServerException(
                                                    "no @HearthServer at " + context));
        }
        return found;
    }
}

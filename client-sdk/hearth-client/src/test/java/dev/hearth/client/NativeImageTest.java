package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ReferencedClassObject;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.json.TypeRef;
import dev.hearth.client.storage.StorageClient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What GraalVM's native-image is told of the SDK (`META-INF/native-image`) is what it must know.
class NativeImageTest {

    private static final String FOLDER = "/META-INF/native-image/dev.hearth/hearth-client/";

    /// The way of an answer into a type that is named by its class.
    private static final Set<String> READERS = Set.of("readProtocol", "ask");

    private static final JavaClasses HOUSE = RoomsTest.house();

    @Test
    void namesEveryTypeThatAnswersAreReadInto() throws IOException {
        var bound = new TreeSet<String>();
        Stream.concat(classesGiven(), typesReferred()).forEach(type -> bind(type, bound));

        assertThat(named("reflect-config.json").findValuesAsText("name"))
                .containsExactlyElementsOf(bound);
    }

    /// Where answers were read elsewhere too, the records of that room would go unseen here.
    @Test
    void answersAreReadIntoRecordsInOneRoomOnly() {
        Set<String> readers =
                HOUSE.stream()
                        .filter(type -> !type.getPackageName().equals(Json.class.getPackageName()))
                        .filter(calls(access -> access.getName().equals("readProtocol")))
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet());

        assertThat(readers).containsExactly(StorageClient.class.getPackageName());
    }

    @Test
    void namesTheFileOfTheVersion() throws IOException {
        String pattern = named("resource-config.json").findValue("pattern").asText();

        assertThat(NativeImageTest.class.getResource("/" + pattern.replaceAll("\\\\[QE]", "")))
                .isNotNull();
    }

    private static Stream<JavaClass> classesGiven() {
        return HOUSE.stream()
                .filter(calls(access -> READERS.contains(access.getName())))
                .flatMap(type -> type.getReferencedClassObjects().stream())
                .map(ReferencedClassObject::getRawType);
    }

    private static Stream<JavaClass> typesReferred() {
        return HOUSE.stream()
                .flatMap(type -> type.getSuperclass().stream())
                .filter(type -> type.toErasure().isEquivalentTo(TypeRef.class))
                .flatMap(NativeImageTest::arguments)
                .map(JavaType::toErasure);
    }

    /// `Map<String, List<X>>` is `Map`, `String`, `List<X>`, `List`, `X`.
    private static Stream<JavaType> arguments(JavaType type) {
        return type instanceof JavaParameterizedType generic
                ? generic.getActualTypeArguments().stream()
                        .flatMap(each -> Stream.concat(Stream.of(each), arguments(each)))
                : Stream.empty();
    }

    private static Predicate<JavaClass> calls(Predicate<JavaAccess<?>> called) {
        return type -> type.getMethodCallsFromSelf().stream().anyMatch(called);
    }

    /// Adds a type of ours, and those that it is made of.
    private static void bind(JavaClass type, Set<String> bound) {
        if (!type.getPackageName().startsWith("dev.hearth.")
                || !(type.isRecord() || type.isEnum())
                || !bound.add(type.getName())) {
            return;
        }
        RecordComponent[] parts = type.reflect().getRecordComponents();
        for (RecordComponent part : parts == null ? new RecordComponent[0] : parts) {
            HOUSE.stream()
                    .filter(other -> part.getGenericType().getTypeName().contains(other.getName()))
                    .forEach(other -> bind(other, bound));
        }
    }

    private static JsonNode named(String file) throws IOException {
        try (InputStream json = NativeImageTest.class.getResourceAsStream(FOLDER + file)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(json));
        }
    }
}

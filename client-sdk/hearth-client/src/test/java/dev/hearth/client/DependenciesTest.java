package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import okhttp3.OkHttpClient;

import okio.Okio;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What a program gets with the SDK: which libraries, and how much.
class DependenciesTest {

    private static final long MOST_BYTES = 6_500_000;

    /// One class of each jar.
    private static final List<Class<?>> JARS =
            List.of(
                    OkHttpClient.class,
                    Okio.class,
                    kotlin.Unit.class,
                    org.jetbrains.annotations.NotNull.class,
                    ObjectMapper.class,
                    JsonFactory.class,
                    JsonProperty.class,
                    Jdk8Module.class,
                    JavaTimeModule.class,
                    NullMarked.class);

    @Test
    void allJarsTogetherAreSmall() throws Exception {
        var sizes = new TreeMap<String, Long>();
        for (Class<?> type : JARS) {
            Path jar = placeOf(type);
            sizes.put(jar.getFileName().toString(), Files.size(jar));
        }
        sizes.put("hearth-client, packed", packed(placeOf(SupabaseClient.class)));
        long together = sizes.values().stream().mapToLong(Long::longValue).sum();
        System.out.println("the SDK with all dependencies: " + together + " bytes " + sizes);

        assertThat(together).isLessThan(MOST_BYTES);
    }

    @Test
    void noOtherLibraryIsNeeded() throws IOException {
        String pom = Files.readString(Path.of("pom.xml")).replaceAll("(?s)<build>.*", "");
        Matcher dependency =
                Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL).matcher(pom);

        List<String> needed =
                dependency
                        .results()
                        .map(found -> found.group(1))
                        .filter(text -> !text.contains("<scope>test</scope>"))
                        .map(text -> text.replaceAll("(?s).*<artifactId>(.*)</artifactId>.*", "$1"))
                        .toList();

        assertThat(needed)
                .containsExactlyInAnyOrder(
                        "okhttp-jvm",
                        "jackson-databind",
                        "jackson-datatype-jdk8",
                        "jackson-datatype-jsr310",
                        "jspecify");
    }

    @Test
    void noPackageOfTheLibrariesIsShownButThoseOfTheBuilder() throws IOException {
        String module = Files.readString(Path.of("src", "main", "java", "module-info.java"));

        Map<Boolean, List<String>> shown =
                Pattern.compile("requires (.*);")
                        .matcher(module)
                        .results()
                        .map(found -> found.group(1))
                        .collect(
                                java.util.stream.Collectors.partitioningBy(
                                        text -> text.contains("transitive")));

        assertThat(shown.get(true))
                .containsExactlyInAnyOrder(
                        "transitive com.fasterxml.jackson.databind",
                        "transitive okhttp3",
                        "static transitive org.jspecify");
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static long packed(Path classes) throws IOException {
        var counted = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(classes);
                var jar = new ZipOutputStream(counted)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
        return counted.size();
    }
}

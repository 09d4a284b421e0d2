package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Holds `sdk-compliance.yaml` to the API that is there.
class ComplianceTest {

    /// Symbols that are declared and not there yet. Whoever adds one takes it off here.
    private static final Set<String> PENDING = Set.of();

    /// The capabilities of the first two priorities, and two of the third.
    private static final int IMPLEMENTED = 174;

    private static final Path FILE = Path.of("..", "sdk-compliance.yaml");

    private static final Map<String, Class<?>> API = api();

    @Test
    void everySymbolIsThere() throws IOException {
        Set<String> missing =
                symbols().values().stream()
                        .flatMap(List::stream)
                        .filter(symbol -> !exists(symbol))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing).isEqualTo(new TreeSet<>(PENDING));
    }

    @Test
    void everyCapabilityOfTheFirstPrioritiesIsDeclared() throws IOException {
        assertThat(symbols()).hasSize(IMPLEMENTED);
    }

    /// Symbols by the id of each capability that is implemented. Reads no more of YAML than the
    /// file has in it.
    private static Map<String, List<String>> symbols() throws IOException {
        var symbols = new TreeMap<String, List<String>>();
        String id = "";
        for (String line : Files.readAllLines(FILE)) {
            if (line.matches(" {2}[a-z0-9_.]+:.*")) {
                id = line.strip().replaceAll(":.*", "");
            } else if (line.equals("    status: implemented")) {
                symbols.put(id, List.of());
            } else if (line.startsWith("      - ")) {
                String symbol = line.substring("      - ".length());
                symbols.merge(id, List.of(symbol), ComplianceTest::and);
            }
        }
        return symbols;
    }

    private static List<String> and(List<String> known, List<String> more) {
        return java.util.stream.Stream.concat(known.stream(), more.stream()).toList();
    }

    private static boolean exists(String symbol) {
        int dot = symbol.lastIndexOf('.');
        Class<?> type = API.get(symbol.substring(0, dot));
        return type != null
                && Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.getName().equals(symbol.substring(dot + 1)));
    }

    /// Public classes by their names without the package, such as `ChannelOptions.Builder`.
    private static Map<String, Class<?>> api() {
        return RoomsTest.house().stream()
                .filter(type -> !type.getPackageName().contains(".internal"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.isAnonymousClass())
                .collect(Collectors.toMap(ComplianceTest::nameOf, JavaClass::reflect, (a, b) -> a));
    }

    private static String nameOf(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}

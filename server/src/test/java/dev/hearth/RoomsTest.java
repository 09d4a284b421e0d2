package dev.hearth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds the table of rooms: which package may use which.
class RoomsTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages("dev.hearth");

    /// Every room may use these.
    private static final Set<String> EVERYWHERE = Set.of("config", "problem", "observe");

    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("problem", Set.of()),
                    Map.entry("observe", Set.of()),
                    Map.entry("config", Set.of()),
                    Map.entry("exchange", Set.of()),
                    Map.entry("token", Set.of()),
                    Map.entry("mail", Set.of()),
                    Map.entry("cluster", Set.of()),
                    Map.entry("database", Set.of("token")),
                    Map.entry("replication", Set.of("database")),
                    Map.entry("gateway", Set.of("exchange", "token")),
                    Map.entry("auth", Set.of("exchange", "database", "token", "mail")),
                    Map.entry("rest", Set.of("exchange", "database", "token")),
                    Map.entry(
                            "realtime",
                            Set.of("exchange", "replication", "database", "token", "cluster")));

    /// The stages of `realtime.changes`, which may use each other like this.
    private static final Map<String, Set<String>> CHANGES_MAY_USE =
            Map.ofEntries(
                    Map.entry("feed", Set.of()),
                    Map.entry("value", Set.of()),
                    Map.entry("sql", Set.of()),
                    Map.entry("filter", Set.of("value", "sql")),
                    Map.entry("catalog", Set.of("value", "sql")),
                    Map.entry("interest", Set.of("feed", "filter", "catalog")),
                    Map.entry("verdict", Set.of("value", "sql", "filter", "catalog")),
                    Map.entry(
                            "subscription",
                            Set.of("feed", "value", "sql", "filter", "catalog", "interest")),
                    Map.entry(
                            "delivery",
                            Set.of(
                                    "feed",
                                    "value",
                                    "sql",
                                    "filter",
                                    "catalog",
                                    "interest",
                                    "verdict")));

    /// The stages of `rest`: request, plan, statement, outcome, answer.
    private static final Map<String, Set<String>> REST_MAY_USE =
            Map.ofEntries(
                    Map.entry("caller", Set.of()),
                    Map.entry("request", Set.of()),
                    Map.entry("catalog", Set.of()),
                    Map.entry("openapi", Set.of("catalog")),
                    Map.entry("plan", Set.of("request", "catalog")),
                    Map.entry("sql", Set.of("request", "catalog", "plan")),
                    Map.entry("outcome", Set.of("request", "catalog", "plan", "sql")),
                    Map.entry("answer", Set.of("request", "catalog", "plan", "outcome")));

    private static final Map<String, Map<String, Set<String>>> STAGES =
            Map.of("realtime.changes", CHANGES_MAY_USE, "rest", REST_MAY_USE);

    private static final String CHANGES = "dev.hearth.realtime.changes";

    static Stream<String> rooms() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesOnlyWhatItsLineAllows(String room) {
        var allowed = new TreeSet<>(MAY_USE.getOrDefault(room, Set.of()));
        allowed.addAll(EVERYWHERE);
        allowed.add(room);
        noClasses()
                .that()
                .resideInAPackage("dev.hearth." + room + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.hearth..")
                                .and(DescribedPredicate.not(inRooms(allowed))))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void everyPackageIsARoomOfTheTable() {
        var known =
                MAY_USE.keySet().stream()
                        .map(room -> "dev.hearth." + room + "..")
                        .toList()
                        .toArray(String[]::new);
        classes()
                .that()
                .resideOutsideOfPackages(known)
                .should()
                .resideInAnyPackage("dev.hearth", "dev.hearth.cli", "dev.hearth.sql..")
                .check(HOUSE);
    }

    @Test
    void roomsDoNotUseEachOtherInARing() {
        SlicesRuleDefinition.slices()
                .matching("dev.hearth.(*)..")
                .should()
                .beFreeOfCycles()
                .check(HOUSE);
    }

    static Stream<Arguments> stages() {
        return STAGES.entrySet().stream()
                .flatMap(
                        room ->
                                room.getValue().keySet().stream()
                                        .map(stage -> Arguments.of(room.getKey(), stage)))
                .sorted(Comparator.comparing(each -> Arrays.toString(each.get())));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStageUsesOnlyWhatItsLineAllows(String room, String stage) {
        var allowed = new TreeSet<>(stagesOf(room).getOrDefault(stage, Set.of()));
        allowed.add(stage);
        noClasses()
                .that()
                .resideInAPackage("dev.hearth." + room + "." + stage + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.hearth." + room.replaceFirst("\\..*", "") + "..")
                                .and(
                                        DescribedPredicate.not(
                                                inRooms(prefixed(room + ".", allowed)))))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    private static Map<String, Set<String>> stagesOf(String room) {
        return STAGES.getOrDefault(room, Map.of());
    }

    static Stream<String> roomsWithStages() {
        return STAGES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("roomsWithStages")
    void everyPackageOfARoomWithStagesIsOneOfThem(String room) {
        String name = "dev.hearth." + room;
        var stages = prefixed(name + ".", stagesOf(room).keySet());
        classes()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(name), stages.stream()).toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void channelsSeeOnlyTheFeedOfChanges() {
        noClasses()
                .that()
                .resideInAPackage("dev.hearth.realtime..")
                .and()
                .resideOutsideOfPackage(CHANGES + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(CHANGES + "..")
                                .and(DescribedPredicate.not(resideInAPackage(CHANGES + ".feed"))))
                .check(HOUSE);
    }

    @Test
    void onlyTheGatewayKnowsTheWebServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hearth.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(HOUSE);
    }

    private static Set<String> prefixed(String prefix, Set<String> names) {
        return names.stream().map(name -> prefix + name).collect(Collectors.toSet());
    }

    private static DescribedPredicate<JavaClass> inRooms(Set<String> rooms) {
        return DescribedPredicate.describe(
                "in rooms " + rooms,
                type ->
                        rooms.stream()
                                .anyMatch(
                                        room ->
                                                (type.getPackageName() + ".")
                                                        .startsWith("dev.hearth." + room + ".")));
    }
}

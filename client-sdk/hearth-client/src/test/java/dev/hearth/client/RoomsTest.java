package dev.hearth.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Holds the table of rooms: who may know whom, and who knows the libraries.
class RoomsTest {

    private static final String ROOT = "dev.hearth.client.";
    private static final List<String> ROOMS =
            List.of("auth", "database", "realtime", "storage", "functions");

    /// What of Jackson a room meets when it reads what the server says of itself.
    private static final Set<String> TREES =
            Set.of("JsonNode", "ObjectMapper", "JsonProcessingException");

    private static final JavaClasses HOUSE = house();

    /// The classes of the program, wherever they were compiled to, and none of the tests.
    static JavaClasses house() {
        URL place = SupabaseClient.class.getProtectionDomain().getCodeSource().getLocation();
        return new ClassFileImporter().importUrl(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "database", "realtime", "storage", "functions"})
    void aRoomKnowsNoOther(String room) {
        String[] others =
                ROOMS.stream()
                        .filter(other -> !other.equals(room))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "json", "time", "internal"})
    void whatRoomsShareKnowsNoRoom(String shared) {
        String[] rooms = ROOMS.stream().map(room -> ROOT + room + "..").toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + shared + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms)
                .check(HOUSE);
    }

    @Test
    void theTransportIsKnownInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "internal.http")
                .and()
                .doNotBelongToAnyOf(SupabaseClientBuilder.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "kotlin..")
                .check(HOUSE);
    }

    @Test
    void theCodecIsSetUpInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "internal.json")
                .and()
                .doNotBelongToAnyOf(SupabaseClientBuilder.class)
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "are more of Jackson than trees and annotations",
                                RoomsTest::isMoreThanTrees))
                .check(HOUSE);
    }

    /// Rooms may read the trees that [dev.hearth.client.internal.json.Json] gives them.
    private static boolean isMoreThanTrees(JavaClass type) {
        return type.getPackageName().startsWith("com.fasterxml.jackson")
                && !type.getPackageName().endsWith(".annotation")
                && !type.getPackageName().endsWith(".databind.node")
                && !TREES.contains(type.getSimpleName());
    }

    @Test
    void noPublicMethodShowsTheLibraries() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(ROOT + "internal..")
                .and()
                .areDeclaredInClassesThat(
                        DescribedPredicate.describe("are public", RoomsTest::isShown))
                .and()
                .arePublic()
                .and()
                .areNotDeclaredIn(SupabaseClientBuilder.class)
                .should(hideTheLibraries())
                .check(HOUSE);
    }

    private static boolean isShown(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(RoomsTest::isShown).orElse(true);
    }

    private static ArchCondition<JavaMethod> hideTheLibraries() {
        return new ArchCondition<>("have neither OkHttp nor Jackson in their signature") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean hidden =
                        Stream.concat(
                                        Stream.of(method.getRawReturnType()),
                                        method.getRawParameterTypes().stream())
                                .map(JavaClass::getName)
                                .noneMatch(
                                        name ->
                                                name.startsWith("okhttp3.")
                                                        || name.startsWith(
                                                                "com.fasterxml.jackson."));
                events.add(new SimpleConditionEvent(method, hidden, method.getFullName()));
            }
        };
    }

    /// Of the modules that Java comes with, most are nothing that Android has: `java.net.http`, for
    /// one.
    @Test
    void ofJavaNoModuleButTheBaseIsNeeded() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "come with Java in another module than java.base",
                                RoomsTest::isOfAnotherModuleOfJava))
                .check(HOUSE);
    }

    private static boolean isOfAnotherModuleOfJava(JavaClass type) {
        String module =
                ModuleLayer.boot().modules().stream()
                        .filter(each -> each.getPackages().contains(type.getPackageName()))
                        .map(Module::getName)
                        .findFirst()
                        .orElse("");
        return (module.startsWith("java.") || module.startsWith("jdk."))
                && !module.equals("java.base");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(HOUSE);
    }
}

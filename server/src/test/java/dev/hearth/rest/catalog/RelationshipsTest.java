package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.ManyToMany;
import dev.hearth.rest.catalog.Relationship.Pair;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Collectors;

/// Ways between tables: foreign keys, junctions, functions.
@Tag("all-postgres")
class RelationshipsTest {

    static final Catalog CATALOG = Fixture.read("keys");

    /// One line for each way, as error PGRST201 would tell it.
    static List<String> ways(String origin, String target) {
        return CATALOG.relationships(api(origin), "api").stream()
                .filter(each -> each.target().equals(api(target)))
                .map(RelationshipsTest::line)
                .toList();
    }

    private static String line(Relationship relationship) {
        return switch (relationship) {
            case ForeignKey key ->
                    "%s %s %s"
                            .formatted(
                                    key.cardinality().text(),
                                    key.constraint(),
                                    pairs(key.columns()));
            case ManyToMany way ->
                    "many-to-many %s %s %s %s %s"
                            .formatted(
                                    way.junction(),
                                    way.originConstraint(),
                                    pairs(way.originColumns()),
                                    way.targetConstraint(),
                                    pairs(way.targetColumns()));
            case Computed computed ->
                    "%s %s".formatted(computed.toOne() ? "one" : "many", computed.function());
        };
    }

    private static String pairs(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> pair.origin() + "=" + pair.other())
                .collect(Collectors.joining(","));
    }

    @Test
    void aForeignKeyLeadsBothWays() {
        assertThat(ways("tasks", "projects")).containsExactly("many-to-one project project=id");
        assertThat(ways("projects", "tasks"))
                .contains("one-to-many project id=project", "many api.tasks_of");
    }

    @Test
    void aUniqueConstraintMakesItOneToOne() {
        assertThat(ways("passports", "clients")).containsExactly("one-to-one holder holder=id");
        assertThat(ways("clients", "passports")).containsExactly("one-to-one holder id=holder");
    }

    @Test
    void aPrimaryKeyMakesItOneToOne() {
        assertThat(ways("client_notes", "clients")).containsExactly("one-to-one noted client=id");
    }

    @Test
    void aUniqueIndexDoesNot() {
        assertThat(ways("indexed", "clients"))
                .containsExactly("many-to-one indexed_client client=id");
    }

    @Test
    void aCompositeKeyKeepsItsPairs() {
        assertThat(ways("beds", "rooms"))
                .containsExactly("many-to-one stands_in room=number,house=house");
        assertThat(ways("rooms", "beds"))
                .containsExactly("one-to-many stands_in number=room,house=house");
    }

    @Test
    void aSelfReferenceLeadsBothWays() {
        assertThat(ways("employees", "employees"))
                .containsExactly("one-to-many boss id=boss", "many-to-one boss boss=id");
        assertThat(CATALOG.relationships(api("employees"), "api")).allMatch(Relationship::self);
    }

    @Test
    void aJunctionMakesItManyToMany() {
        assertThat(ways("users", "teams"))
                .containsExactly(
                        "many-to-many api.members member id=user member_of id=team",
                        "many-to-many api.members_view member id=u member_of id=t");
    }

    @Test
    void severalWaysAreSortedByCardinalityAndConstraint() {
        assertThat(ways("orders", "people"))
                .containsExactly(
                        "many-to-one a_seller seller=id",
                        "many-to-one z_buyer buyer=id",
                        "one-to-one sole sole=id");
        assertThat(ways("people", "orders"))
                .containsExactly(
                        "one-to-many a_seller id=seller",
                        "one-to-many z_buyer id=buyer",
                        "one-to-one sole id=sole");
    }

    @Test
    void aPartitionDoesNotRepeatTheKeysOfItsTable() {
        assertThat(ways("models", "sales")).containsExactly("one-to-many sold id=model");
        assertThat(ways("models", "sales_2025")).isEmpty();
        assertThat(ways("to_parted", "parted")).containsExactly("many-to-one to_parted parted=id");
        assertThat(ways("to_parted", "parted_low")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tasks_of, many api.tasks_of",
        "client_of, one api.client_of",
        "first_task, one api.first_task"
    })
    void aFunctionOfARowIsAWay(String function, String line) {
        assertThat(CATALOG.relationships(api("projects"), "api"))
                .filteredOn(
                        each ->
                                each instanceof Computed computed
                                        && computed.function().equals(api(function)))
                .extracting(RelationshipsTest::line)
                .containsExactly(line);
    }

    @Test
    void aFunctionReplacesTheWayToTheTableOfItsName() {
        assertThat(ways("projects", "clients"))
                .containsExactlyInAnyOrder("one api.clients", "one api.client_of");
        assertThat(ways("clients", "projects")).contains("one-to-many client id=client");
    }

    @Test
    void aFunctionIsFoundInItsOwnSchemaOnly() {
        assertThat(ways("projects", "tasks")).noneMatch(line -> line.contains("elsewhere"));
        assertThat(CATALOG.relationships(api("projects"), "private"))
                .extracting(RelationshipsTest::line)
                .containsExactly("many private.elsewhere");
    }

    @Test
    void nothingLeadsToWhatIsNotExposed() {
        assertThat(CATALOG.relationships().values().stream().flatMap(List::stream))
                .allMatch(each -> each.target().schema().equals("api"))
                .allMatch(each -> each.origin().schema().equals("api"))
                .noneMatch(
                        each ->
                                each instanceof ManyToMany way
                                        && way.junction().schema().equals("private"));
    }
}

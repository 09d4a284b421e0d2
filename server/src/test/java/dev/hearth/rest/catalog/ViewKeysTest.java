package dev.hearth.rest.catalog;

import static dev.hearth.rest.catalog.Fixture.api;
import static dev.hearth.rest.catalog.RelationshipsTest.CATALOG;
import static dev.hearth.rest.catalog.RelationshipsTest.ways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.Relationship.ForeignKey;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Keys traced through views.
@Tag("all-postgres")
class ViewKeysTest {

    private static List<String> primaryKey(String view) {
        return CATALOG.relation(api(view)).orElseThrow().primaryKey();
    }

    @Test
    void eachColumnThatShowsAKeyIsAWay() {
        assertThat(ways("projects_view", "clients"))
                .containsExactly("many-to-one client again=id", "many-to-one client customer=id");
        assertThat(ways("clients", "projects_view"))
                .containsExactly("one-to-many client id=again", "one-to-many client id=customer");
    }

    @Test
    void tablesLeadToViewsOfWhatTheyReferTo() {
        assertThat(ways("projects", "clients_view"))
                .containsExactly("many-to-one client client=client_id");
    }

    @Test
    void viewsLeadToViews() {
        assertThat(ways("projects_again", "clients_view"))
                .containsExactly("many-to-one client patron=client_id");
    }

    @Test
    void viewsOfViewsAreTraced() {
        assertThat(ways("projects_again", "clients"))
                .containsExactly("many-to-one client patron=id");
        assertThat(primaryKey("projects_again")).containsExactly("number");
    }

    @Test
    void saysWhichEndIsAView() {
        assertThat(CATALOG.relationships(api("projects_view"), "api"))
                .filteredOn(each -> each.target().equals(api("clients")))
                .allMatch(each -> each instanceof ForeignKey key && key.originIsView())
                .noneMatch(each -> each instanceof ForeignKey key && key.targetIsView());
    }

    @Test
    void expressionsAreNotTraced() {
        assertThat(ways("expressions", "clients")).isEmpty();
        assertThat(primaryKey("expressions")).isEmpty();
    }

    @Test
    void aKeyCountsOnlyAsAWhole() {
        assertThat(ways("half_a_room", "beds")).isEmpty();
        assertThat(primaryKey("half_a_room")).isEmpty();
        assertThat(ways("rooms_view", "beds"))
                .containsExactly("one-to-many stands_in n=room,h=house");
        assertThat(primaryKey("rooms_view")).containsExactly("n", "h");
    }

    @Test
    void aJoinShowsTheKeysOfBothTables() {
        assertThat(primaryKey("both_ends")).containsExactly("client_id", "id");
        assertThat(ways("tasks", "both_ends")).containsExactly("many-to-one project project=id");
    }

    @Test
    void unionsAreNotTraced() {
        assertThat(primaryKey("united")).isEmpty();
        assertThat(ways("projects", "united")).isEmpty();
    }

    @Test
    void groupsAreTraced() {
        assertThat(ways("grouped", "clients")).containsExactly("many-to-one client client=id");
    }

    @Test
    void commonTableExpressionsAreTraced() {
        assertThat(ways("with_sub", "clients")).containsExactly("many-to-one client client=id");
        assertThat(primaryKey("with_sub")).containsExactly("id");
    }

    @Test
    void materializedViewsAreTraced() {
        assertThat(ways("kept_projects", "clients"))
                .containsExactly("many-to-one client client=id");
    }

    @Test
    void tablesOfOtherSchemasShowTheirKeysThroughViews() {
        assertThat(ways("secrets_view", "clients"))
                .containsExactly("many-to-one secret_of client=id");
        assertThat(primaryKey("secrets_view")).containsExactly("id");
    }

    @Test
    void viewsOfTheExtraSearchPathAreTraced() {
        assertThat(ways("over_between", "clients")).containsExactly("many-to-one client client=id");
        assertThat(primaryKey("over_between")).containsExactly("top");
    }

    @Test
    void viewsOfOtherSchemasAreNot() {
        assertThat(ways("over_private", "clients")).isEmpty();
        assertThat(primaryKey("over_private")).isEmpty();
    }

    @Test
    void namesThatLookLikeTheDefinitionsSyntaxAreRead() {
        String view = "odd (view) {x} \\ 1";
        assertThat(ways(view, "clients")).containsExactly("many-to-one client :resorigtbl 7=id");
        assertThat(primaryKey(view)).containsExactly("a) {b} \\ :resno");
    }
}

package dev.hearth.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.NodeTree.Origin;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTreeTest {

    private static String query(String targetList) {
        return "({QUERY :commandType 1 :rtable ({RANGETBLENTRY :subquery {QUERY :targetList"
                + " ({TARGETENTRY :resno 9 :resorigtbl 9 :resorigcol 9})}}) :jointree {FROMEXPR"
                + " :fromlist (i 1 2)} :targetList "
                + targetList
                + " :override 0 :returningList ({TARGETENTRY :resno 8 :resorigtbl 8"
                + " :resorigcol 8})})";
    }

    private static String entry(String name, String origin) {
        return "{TARGETENTRY :expr {VAR :varno 1 :resno 7} :resno 1 :resname "
                + name
                + " :ressortgroupref 0 "
                + origin
                + " :resjunk false}";
    }

    @Test
    void readsTheTargetListOfTheViewAlone() {
        assertThat(
                        NodeTree.origins(
                                query(
                                        "("
                                                + entry(
                                                        "id",
                                                        ":resorigtbl 4000000000 :resorigcol 2")
                                                + ")")))
                .containsExactly(new Origin(1, 4_000_000_000L, 2));
    }

    @Test
    void leavesOutWhatIsNoColumnOfARelation() {
        assertThat(NodeTree.origins(query("(" + entry("id", ":resorigtbl 0 :resorigcol 0") + ")")))
                .isEmpty();
    }

    @Test
    void aTargetListMayBeAbsent() {
        assertThat(NodeTree.origins(query("<>"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {":resno", ":resorigtbl", "\\{x", "a\\)\\ \\}", "\"\"", "\\\\", "<>"})
    void anyNameIsAName(String name) {
        assertThat(NodeTree.origins(query("(" + entry(name, ":resorigtbl 5 :resorigcol 6") + ")")))
                .containsExactly(new Origin(1, 5, 6));
    }

    @Property
    void anyTextEnds(@ForAll @CharRange(from = ' ', to = '~') String text) {
        assertThat(NodeTree.origins(text)).isEmpty();
    }
}

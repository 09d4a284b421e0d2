package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;

class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "42501, NoReplicationRight",
        "53400, NoFreeSlot",
        "53300, NoFreeConnection",
        "57P03, Unreachable",
        "08001, Unreachable",
        "28P01, LoginRefused",
        "28000, LoginRefused",
        "XX000, Refused"
    })
    void namesTheProblem(String sqlState, String problem) {
        assertThat(Failure.opening(new SQLException("no", sqlState), "role", 10).getClass())
                .hasToString("class " + ReplicationProblem.class.getName() + "$" + problem);
    }

    @Test
    void knowsThePublicationInAnyLanguage() {
        var german = new SQLException("FEHLER: Publikation »\"changes\"« existiert nicht", "42704");
        assertThat(Failure.isMissingPublication(german, "changes")).isTrue();
        assertThat(Failure.isMissingPublication(german, "other")).isFalse();
    }

    @Test
    void tellsTheFirstLineOnly() {
        assertThat(Failure.answer(new SQLException("one\ntwo"))).isEqualTo("one");
    }
}

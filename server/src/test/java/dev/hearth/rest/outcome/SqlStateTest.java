package dev.hearth.rest.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStateTest {

    @ParameterizedTest
    @CsvSource({
        "08006, 503", "09000, 500", "0L000, 403", "0P000, 403", "23503, 409", "23505, 409",
        "25006, 405", "25P02, 500", "28000, 403", "2D000, 500", "38000, 500", "39000, 500",
        "3B000, 500", "40001, 500", "40P01, 500", "53400, 500", "53300, 503", "54001, 500",
        "55P03, 500", "57P01, 503", "57014, 500", "58000, 500", "F0000, 500", "HV000, 500",
        "P0001, 400", "P0002, 500", "XX000, 500", "42883, 404", "42P01, 404", "42P17, 500",
        "42501, 403", "PT402, 402", "PT599, 599", "PTxyz, 500", "PT099, 500", "PT700, 500",
        "22P02, 400", "23502, 400", "23514, 400", "42703, 400", "42P10, 400", "21000, 500",
        "22023, 400", "ABCDE, 400"
    })
    void hasTheStatusOfTheFirstLineThatFits(String state, int status) {
        assertThat(SqlState.status(state, "whatever", false)).isEqualTo(status);
    }

    @Test
    void someStatesDependOnTheMessageOrTheCaller() {
        assertThat(SqlState.status("21000", "DELETE requires a WHERE clause", false))
                .isEqualTo(400);
        assertThat(SqlState.status("22023", "role \"x\" does not exist", false)).isEqualTo(401);
        assertThat(SqlState.status("42883", "function xmlagg(x) does not exist", false))
                .isEqualTo(406);
        assertThat(SqlState.status("42501", "permission denied", true)).isEqualTo(401);
    }
}

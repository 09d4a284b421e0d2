package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the scan of a statement finds.
class StatementScanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"a\" FROM \"b\" WHERE \"c\" = 7",
                "SELECT \"a\" FROM books",
                "SELECT \"a\" WHERE \"c\" = 'x'",
                "SELECT \"a\"; SELECT \"b\"",
                "SELECT \"a\" -- \"b\"",
                "SELECT \"a\" /* \"b\" */",
                "SELECT \"a\" || $$x$$",
                "SELECT \"a",
                "SELECT '[]",
                "SELECT (\"a\"",
                "SELECT \"a\")",
                "SELECT CAST(\"a\" AS int); x)",
                "SELECT \"a\"\"\" AS b"
            })
    void findsWhatMayComeFromARequest(String text) {
        assertThat(StatementScan.stranger(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"a;'--\"\"b\" FROM \"b\" WHERE \"c\" = ? AND \"d\" ?? ?",
                "SELECT CAST((\"a\") AS any words $1) AS \"b\" GROUP BY 1, 12",
                "SELECT coalesce(json_agg(_postgrest_t.*), '[]') WHERE count(*) = 1"
            })
    void letsPassWhatIsOurs(String text) {
        assertThat(StatementScan.stranger(text)).isEmpty();
    }

    @Test
    void countsPlacesOutsideOfQuotes() {
        assertThat(StatementScan.places("SELECT \"?\", ? ?? ?")).isEqualTo(2);
    }
}

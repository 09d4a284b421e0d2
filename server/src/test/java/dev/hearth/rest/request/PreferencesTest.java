package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.request.Preferences.Handling;
import dev.hearth.rest.request.Preferences.Missing;
import dev.hearth.rest.request.Preferences.Representation;
import dev.hearth.rest.request.Preferences.Resolution;
import dev.hearth.rest.request.Preferences.Transaction;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class PreferencesTest {

    private static final String EVERYTHING =
            "tx=rollback, handling=strict, max-affected=5, timezone=Europe/Zurich,"
                    + " resolution=merge-duplicates, missing=default, return=representation,"
                    + " count=exact";

    @Test
    void areReadFromOneHeaderOrSeveral() {
        var expected =
                new Preferences(
                        Optional.of(Resolution.MERGE_DUPLICATES),
                        Optional.of(Missing.DEFAULT),
                        Optional.of(Representation.REPRESENTATION),
                        Optional.of(Count.EXACT),
                        Optional.of(Transaction.ROLLBACK),
                        Optional.of(Handling.STRICT),
                        Optional.of("Europe/Zurich"),
                        OptionalLong.of(5),
                        List.of());

        assertThat(Preferences.of(List.of(EVERYTHING))).isEqualTo(expected);
        assertThat(Preferences.of(List.of(EVERYTHING.split(", ")))).isEqualTo(expected);
    }

    @Test
    void countTheFirstOfAKind() {
        assertThat(Preferences.of(List.of("count=planned,count=exact")).count())
                .contains(Count.PLANNED);
    }

    @Test
    void keepWhatIsNone() {
        assertThat(Preferences.of(List.of("anything, return=Minimal,,count=exact")).unknown())
                .containsExactly("anything", "return=Minimal");
    }

    @Test
    void areToldInOneOrder() {
        assertThat(Preferences.of(List.of(EVERYTHING)).applied(_ -> true, true, true))
                .isEqualTo(
                        "resolution=merge-duplicates, missing=default, return=representation,"
                                + " count=exact, tx=rollback, handling=strict,"
                                + " timezone=Europe/Zurich, max-affected=5");
    }

    @Test
    void areToldOnlyWhereTheyCount() {
        var preferences = Preferences.of(List.of("count=exact, max-affected=5, timezone=Nowhere"));

        assertThat(preferences.applied(each -> !(each instanceof Count), false, true)).isEmpty();
    }
}

package dev.hearth.realtime.changes.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.realtime.changes.filter.Filter.Comparison;
import dev.hearth.realtime.changes.sql.Bound;
import dev.hearth.realtime.changes.value.Equality;
import dev.hearth.testing.TestPostgres;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What is decided here is what the database decides.
class FilterAgreementTest {

    // Both last as long as the cluster of this JVM.
    private static final Connection CONNECTION =
            TestPostgres.cluster().createDatabase().connect(TestPostgres.SUPERUSER);

    /// Canonical values of one type.
    record Kind(String type, Equality equality, List<String> values) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "int8",
                            Equality.WHOLE,
                            List.of("-9223372036854775808", "-1", "0", "9", "10", "100")),
                    new Kind(
                            "date",
                            Equality.TIME,
                            List.of(
                                    "-infinity",
                                    "0044-03-15 BC",
                                    "0001-01-01",
                                    "2026-01-02",
                                    "2026-01-10",
                                    "12026-01-01",
                                    "infinity")),
                    new Kind(
                            "timestamp",
                            Equality.TIME,
                            List.of(
                                    "0044-03-15 10:00:00 BC",
                                    "2026-01-02 03:04:05",
                                    "2026-01-02 03:04:05.5",
                                    "2026-01-02 03:04:05.56",
                                    "infinity")),
                    new Kind(
                            "timestamptz",
                            Equality.TIME,
                            List.of(
                                    "-infinity",
                                    "2026-01-02 03:04:05+00",
                                    "2026-01-02 03:04:05.5+00",
                                    "0002-01-02 00:00:00+00 BC")),
                    new Kind("text", Equality.TEXT, List.of("", "a", "A", "ä", "NULL", "a ")),
                    new Kind("bool", Equality.TEXT, List.of("t", "f")),
                    new Kind(
                            "uuid",
                            Equality.TEXT,
                            List.of(
                                    "00000000-0000-0000-0000-00000000000a",
                                    "00000000-0000-0000-0000-00000000000b")),
                    new Kind("bytea", Equality.TEXT, List.of("\\x", "\\x00", "\\x0001")));

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(KINDS);
    }

    @Property(tries = 300)
    void comparisonsAgree(
            @ForAll("kinds") Kind kind,
            @ForAll Comparison comparison,
            @ForAll boolean negated,
            @ForAll int left,
            @ForAll int right)
            throws SQLException {
        boolean equal = comparison == Comparison.EQ || comparison == Comparison.NEQ;
        if (!equal && !kind.equality().ordered()) {
            return;
        }
        String value = pick(kind, right).orElse(kind.values().getFirst());
        var filter = new Filter.Compare("c", comparison, value, negated);
        agree(
                kind,
                filter,
                new LocalFilter.Compared(comparison, value, kind.equality(), negated),
                pick(kind, left));
    }

    @Property(tries = 200)
    void listsAgree(
            @ForAll("kinds") Kind kind,
            @ForAll boolean negated,
            @ForAll boolean withNull,
            @ForAll int left,
            @ForAll int right)
            throws SQLException {
        if (!kind.type().equals("int8")) {
            return;
        }
        String value = pick(kind, right).orElse("0");
        String array = withNull ? "{" + value + ",NULL}" : "{" + value + "}";
        List<Optional<String>> values =
                withNull
                        ? List.of(Optional.of(value), Optional.empty())
                        : List.of(Optional.of(value));
        agree(
                kind,
                new Filter.In("c", array, negated),
                LocalFilter.OneOf.of(values, negated),
                pick(kind, left));
    }

    @Property(tries = 200)
    void distinctionAgrees(
            @ForAll("kinds") Kind kind,
            @ForAll boolean negated,
            @ForAll int left,
            @ForAll int right)
            throws SQLException {
        String value = pick(kind, right).orElse(kind.values().getFirst());
        agree(
                kind,
                new Filter.Distinct("c", value, negated),
                new LocalFilter.DistinctFrom(value, negated),
                pick(kind, left));
    }

    private static Optional<String> pick(Kind kind, int seed) {
        int place = Math.floorMod(seed, kind.values().size() + 1);
        return place == kind.values().size()
                ? Optional.empty()
                : Optional.of(kind.values().get(place));
    }

    private static void agree(Kind kind, Filter filter, LocalFilter local, Optional<String> value)
            throws SQLException {
        Bound question = new RemoteFilter(filter, kind.type()).ask(value.orElse(null));
        try (PreparedStatement statement = CONNECTION.prepareStatement(question.text())) {
            question.bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(local.passes(value))
                        .as("%s on %s", filter, value)
                        .isEqualTo(rows.getBoolean(1));
            }
        }
    }
}

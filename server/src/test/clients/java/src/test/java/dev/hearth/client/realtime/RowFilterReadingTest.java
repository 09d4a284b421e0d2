package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.internal.json.Json;
import dev.hearth.realtime.changes.filter.Filter;
import dev.hearth.realtime.changes.filter.FilterParser;
import dev.hearth.realtime.changes.value.ArrayLiteral;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a listener's conditions are written as, the server reads as the same conditions with the
/// same values. In the client's own package, since the text is nothing that programs see.
class RowFilterReadingTest {

    private static final Json JSON = new Json(null);
    private static final int TRIES = 20_000;
    private static final List<String> WORDS =
            List.of("", "null", "NULL", "not.", "eq.1", "in.(1)", "{}", "()", "\"\"", "\\", " ");
    private static final String LETTERS =
            " ,.=()[]{}\"\\:*%'nul&+#éЖ日\n\t\u0001\u0085\u00a0\u2028\ufeff";

    private final Random random = new Random(7);

    /// @param operator with `not.` before it where it was turned round
    private record Said(String column, String operator, List<@Nullable String> values) {}

    @Test
    void everyConditionIsReadAsItWasSaid() {
        for (int i = 0; i < TRIES; i++) {
            var said = new ArrayList<Said>();
            var conditions = new ArrayList<RowFilter>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                add(said, conditions);
            }
            String text = text(conditions);
            assertThat(read(text)).as(text).isEqualTo(said);
        }
    }

    private void add(List<Said> said, List<RowFilter> conditions) {
        String column = List.of("a", "b c", "d.e", "é\"", "f(g)").get(random.nextInt(5));
        boolean list = random.nextInt(3) == 0;
        List<String> values =
                Stream.generate(this::word).limit(list ? 1 + random.nextInt(4) : 1).toList();
        RowFilter condition =
                list ? RowFilter.in(column, values) : RowFilter.eq(column, values.getFirst());
        String operator = list ? "in" : "eq";
        if (random.nextBoolean()) {
            condition = RowFilter.not(condition);
            operator = "not." + operator;
        }
        conditions.add(condition);
        said.add(new Said(column, operator, values.stream().distinct().toList()));
    }

    private String word() {
        return random.nextInt(4) == 0
                ? WORDS.get(random.nextInt(WORDS.size()))
                : IntStream.generate(() -> LETTERS.charAt(random.nextInt(LETTERS.length())))
                        .limit(random.nextInt(7))
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
    }

    private static String text(List<RowFilter> conditions) {
        String binding =
                ChangeFilter.ANY
                        .table("t")
                        .filter(conditions.toArray(RowFilter[]::new))
                        .binding(PostgresEvent.ALL, JSON);
        return Json.parse(binding).path("filter").textValue();
    }

    private static List<Said> read(String text) {
        return FilterParser.parse(text).stream()
                .map(
                        filter ->
                                new Said(
                                        filter.column(),
                                        (filter.negated() ? "not." : "") + filter.operator(),
                                        values(filter)))
                .toList();
    }

    private static List<@Nullable String> values(Filter filter) {
        if (!(filter instanceof Filter.In)) {
            return List.of(filter.value());
        }
        var values = new ArrayList<@Nullable String>();
        for (ArrayLiteral item : ArrayLiteral.parse(filter.value(), ',').items()) {
            values.add(
                    item instanceof ArrayLiteral.Element(var element)
                            ? element.orElse(null)
                            : item.toString());
        }
        return values;
    }
}

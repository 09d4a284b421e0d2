package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.json.TypeRef;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Long results, page by page.
class StreamTest {

    private static final StreamOptions PAGES_OF_TWO = StreamOptions.by("id").pageSize(2);

    private FakeApi api;

    record Row(int id) {}

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void page(int from, int to) {
        api.answers(
                200,
                IntStream.rangeClosed(from, to)
                        .mapToObj(id -> "{\"id\":" + id + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void goesOnBehindTheLastKey() throws Exception {
        page(1, 2);
        page(3, 4);
        page(5, 5);
        try (Stream<Row> rows = api.tasks().select().eq("a", 1).stream(Row.class, PAGES_OF_TWO)) {
            assertThat(rows.map(Row::id)).containsExactly(1, 2, 3, 4, 5);
        }
        assertThat(api.query()).isEqualTo("select=*&a=eq.1&order=id.asc&limit=2");
        assertThat(api.query()).isEqualTo("select=*&a=eq.1&order=id.asc&limit=2&id=gt.2");
        assertThat(api.query()).endsWith("&id=gt.4");
        assertThat(api.server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void takesTheServersOwnPageSize() {
        page(1, 2);
        page(3, 4);
        page(5, 4);
        try (Stream<Row> rows = api.tasks().select().stream(Row.class)) {
            assertThat(rows).hasSize(4);
        }
    }

    @Test
    void endsAtTheLimit() throws Exception {
        page(1, 2);
        page(3, 3);
        try (Stream<Row> rows =
                api.tasks().select().limit(3).stream(new TypeRef<Row>() {}, PAGES_OF_TWO)) {
            assertThat(rows).hasSize(3);
        }
        assertThat(api.query()).contains("limit=2");
        assertThat(api.query()).contains("limit=1");
    }

    @Test
    void asksForAPageWhenTheProgramComesToIt() {
        page(1, 2);
        Stream<Row> rows = api.tasks().select().stream(Row.class, PAGES_OF_TWO);
        assertThat(api.server.getRequestCount()).isZero();
        Iterator<Row> iterator = rows.iterator();
        assertThat(iterator.next()).isEqualTo(new Row(1));
        assertThat(iterator.next()).isEqualTo(new Row(2));
        assertThat(api.server.getRequestCount()).isEqualTo(1);
        rows.close();
        assertThat(iterator.hasNext()).isFalse();
        assertThat(api.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void goesByAKeyThatIsNamedLikeAParameter() throws Exception {
        api.answers(200, "[{\"order\":1},{\"order\":2}]").answers(200, "[]");
        try (Stream<Map<String, Integer>> rows = orders(StreamOptions.by("order").pageSize(2))) {
            assertThat(rows).hasSize(2);
        }
        assertThat(api.query()).isEqualTo("select=order&order=order.asc&limit=2");
        assertThat(api.query()).isEqualTo("select=order&order=order.asc&limit=2&and=(order.gt.2)");
    }

    @Test
    void goesByAKeyWhoseNameNeedsQuotes() throws Exception {
        api.answers(200, "[{\"a.\\\"b\":1},{\"a.\\\"b\":2}]").answers(200, "[]");
        var key = StreamOptions.by("\"a.\\\"b\"").pageSize(2);
        try (Stream<Map<String, Integer>> rows = orders(key)) {
            assertThat(rows).hasSize(2);
        }
        assertThat(api.query()).contains("&order=\"a.\\\"b\".asc&");
        assertThat(api.query()).endsWith("&\"a.\\\"b\"=gt.2");
    }

    private Stream<Map<String, Integer>> orders(StreamOptions how) {
        return api.tasks().select("order").stream(new TypeRef<Map<String, Integer>>() {}, how);
    }

    @Test
    void tellsThatTheKeyIsNotSelected() {
        api.answers(200, "[{\"a\":1},{\"a\":2}]");
        try (Stream<Map<String, Integer>> rows =
                api.tasks().select("a").stream(
                        new TypeRef<Map<String, Integer>>() {}, PAGES_OF_TWO)) {
            assertThatIllegalStateException()
                    .isThrownBy(rows::toList)
                    .withMessageContaining("StreamOptions.by");
        }
    }

    @Test
    void refusesAnOrderOfItsOwnAndChanges() {
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().select().order("a").stream(Row.class))
                .withMessageContaining("no order");
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().delete().eq("id", 1).select().stream(Row.class))
                .withMessageContaining("reads");
    }

    @Test
    void failsWithTheErrorOfItsPage() {
        page(1, 2);
        api.answers(400, "{\"code\":\"22P02\",\"message\":\"no\"}");
        try (Stream<Row> rows = api.tasks().select().stream(Row.class, PAGES_OF_TWO)) {
            assertThatThrownBy(rows::toList)
                    .isInstanceOf(PostgrestException.class)
                    .hasMessage("no");
        }
    }
}

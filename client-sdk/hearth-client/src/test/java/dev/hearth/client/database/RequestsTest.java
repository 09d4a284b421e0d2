package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.error.Result;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;

import okio.ByteString;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Each call sends what supabase-js sends: `requests.tsv` was recorded from the real one, line by
/// line.
@NullUnmarked
class RequestsTest {

    private static final Map<String, Function<DatabaseClient, Object>> CALLS = calls();

    private record Line(
            String name,
            String method,
            String target,
            String accept,
            String prefer,
            String schema,
            String contentType,
            String body) {

        static Line of(String text) {
            String[] part = text.split("\t", -1);
            return new Line(
                    part[0],
                    part[1],
                    part[2],
                    part[3],
                    part[4].replace(", ", ","),
                    part[5],
                    part[6],
                    part[7]);
        }

        /// What was sent, in the same form. `*/*` is what a request without `Accept` means.
        static Line of(String name, RecordedRequest sent) {
            Headers headers = sent.getHeaders();
            String read = headers.get("Accept-Profile");
            ByteString body = sent.getBody();
            return new Line(
                    name,
                    sent.getMethod(),
                    sent.getTarget(),
                    or(headers.get("Accept"), "*/*"),
                    or(headers.get("Prefer"), "-").replace(", ", ","),
                    read == null
                            ? "content-profile " + headers.get("Content-Profile")
                            : "accept-profile " + read,
                    or(headers.get("Content-Type"), "-"),
                    body == null || body.size() == 0 ? "-" : body.utf8());
        }

        private static String or(String value, String otherwise) {
            return value == null ? otherwise : value;
        }
    }

    @TestFactory
    Stream<DynamicTest> sendsWhatSupabaseJsSends() throws IOException {
        return recorded().stream()
                .filter(line -> CALLS.containsKey(line.name()))
                .map(line -> DynamicTest.dynamicTest(line.name(), () -> compare(line)));
    }

    @Test
    void everyRecordedCallIsMade() throws IOException {
        assertThat(recorded())
                .extracting(Line::name)
                .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
    }

    private static void compare(Line expected) throws Exception {
        try (var api = new FakeApi()) {
            api.server.setDispatcher(new Empty());
            Result<Object> unused = Result.of(() -> CALLS.get(expected.name()).apply(api.database));
            Line sent = Line.of(expected.name(), api.asked());
            if (expected.body().startsWith("{") || expected.body().startsWith("[")) {
                var json = new ObjectMapper();
                assertThat(json.readTree(sent.body())).isEqualTo(json.readTree(expected.body()));
                assertThat(sent)
                        .usingRecursiveComparison()
                        .ignoringFields("body")
                        .isEqualTo(expected);
            } else {
                assertThat(sent).isEqualTo(expected);
            }
        }
    }

    private static List<Line> recorded() throws IOException {
        try (InputStream file = RequestsTest.class.getResourceAsStream("requests.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Line::of)
                    .toList();
        }
    }

    /// No rows, and a count.
    private static final class Empty extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "application/json")
                    .addHeader("Content-Range", "0-0/1")
                    .body("HEAD".equals(request.getMethod()) ? "" : "[]")
                    .build();
        }
    }

    private static Map<String, Function<DatabaseClient, Object>> calls() {
        var calls = new LinkedHashMap<String, Function<DatabaseClient, Object>>();
        calls.putAll(ReadCalls.all());
        calls.putAll(WriteCalls.all());
        return calls;
    }
}

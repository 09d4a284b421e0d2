package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.database.SelectBuilder;
import dev.hearth.clients.sdk.LiveTasks.Task;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Texts that the grammar of the address could misread.
@NullUnmarked
class TextsTest {

    @TempDir private static Path data;

    private static LiveTasks live;

    @BeforeAll
    static void open() throws Exception {
        live = LiveTasks.open(data);
        live.tasks()
                .insert(ODD.stream().map(text -> Task.titled(live.run + "-odd", text)).toList())
                .execute();
    }

    @AfterAll
    static void close() throws Exception {
        live.close();
    }

    /// What a filter by text must survive.
    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "a,b",
                    "a.b",
                    "(a)",
                    ")",
                    "\"a\"",
                    "\"",
                    "a\"b",
                    "\\",
                    "a\\",
                    "\\\"",
                    "{a,b}",
                    "}",
                    "null",
                    "NULL",
                    "in.(1)",
                    "not.eq.1",
                    "a b ",
                    " a",
                    "é+&=#?%20",
                    "*%_",
                    "a:b::c",
                    "line\nline\ttab",
                    "日本 😀",
                    "'; drop table x; --");

    @Test
    void findsEveryOddTextAgain() {
        for (String text : ODD) {
            SelectBuilder odd = live.tasks().select("title").eq("run", live.run + "-odd");
            List<Map<String, Object>> found = List.of(Map.of("title", text));
            assertThat(odd.copy().eq("title", text).execute()).isEqualTo(found);
            assertThat(odd.copy().in("title", List.of(text)).execute()).isEqualTo(found);
            assertThat(odd.copy().or(any -> any.eq("title", text)).execute()).isEqualTo(found);
            assertThat(odd.copy().or(any -> any.in("title", List.of(text, "x"))).execute())
                    .isEqualTo(found);
            assertThat(
                            live.database
                                    .rpc("sdk_join", Map.of("words", List.of(text, "x")))
                                    .execute(String.class))
                    .isEqualTo(text + "|x");
        }
    }

    @Test
    void findsTextsOfAnySortAgain() {
        String run = live.run + "-any";
        var random = new Random(7);
        String letters = " ,.()[]{}\"\\:*%'nul&=+#é日\n\t";
        List<String> texts =
                Stream.generate(
                                () ->
                                        random.ints(random.nextInt(7), 0, letters.length())
                                                .mapToObj(i -> String.valueOf(letters.charAt(i)))
                                                .collect(Collectors.joining()))
                        .distinct()
                        .limit(80)
                        .toList();
        live.tasks()
                .insert(
                        texts.stream()
                                .map(
                                        text ->
                                                Map.of(
                                                        "run",
                                                        run,
                                                        "title",
                                                        text,
                                                        "tags",
                                                        List.of(text)))
                                .toList())
                .execute();
        for (String text : texts) {
            SelectBuilder any = live.tasks().select("title").eq("run", run);
            List<Map<String, Object>> found = List.of(Map.of("title", text));
            assertThat(any.copy().in("title", List.of(text, "no")).execute()).isEqualTo(found);
            assertThat(any.copy().contains("tags", List.of(text)).execute()).isEqualTo(found);
            assertThat(
                            any.copy()
                                    .eq("title", text)
                                    .or(or -> or.eq("tags", List.of(text)).eq("title", "no"))
                                    .execute())
                    .isEqualTo(found);
        }
        assertThat(live.tasks().select("id").eq("run", run).in("title", texts).execute())
                .hasSize(80);
    }

    @Test
    void carriesEveryOddTextInAnArray() {
        for (String text : ODD) {
            live.tasks()
                    .update(Map.of("tags", List.of(text, "x")))
                    .eq("run", live.run + "-odd")
                    .eq("title", text)
                    .execute();
            assertThat(
                            live.tasks()
                                    .select("title")
                                    .eq("run", live.run + "-odd")
                                    .eq("title", text)
                                    .contains("tags", List.of(text))
                                    .or(any -> any.eq("tags", List.of(text, "x")))
                                    .execute())
                    .hasSize(1);
        }
    }
}

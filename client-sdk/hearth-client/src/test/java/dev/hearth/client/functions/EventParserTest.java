package dev.hearth.client.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class EventParserTest {

    private static final int LIMIT = 1000;

    @Test
    void readsAnEvent() {
        assertThat(parsed("id: 7\nevent: token\ndata: Hel\ndata: lo\nretry: 1500\n\n"))
                .containsExactly(
                        new ServerSentEvent(
                                "token", "Hel\nlo", "7", Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void callsAnEventWithoutATypeAMessage() {
        assertThat(parsed("data: a\n\nevent:\ndata: b\n\n"))
                .containsExactly(message("a"), message("b"));
    }

    @Test
    void takesOffOneBlankOnly() {
        assertThat(parsed("data:  a \n\ndata:b\n\n")).containsExactly(message(" a "), message("b"));
    }

    @Test
    void passesOverCommentsAndUnknownFields() {
        assertThat(parsed(": keep-alive\n\nDATA: no\ndatax: no\ndata: a\n\n"))
                .containsExactly(message("a"));
    }

    @Test
    void sendsOffNothingWithoutData() {
        assertThat(parsed("event: ping\n\ndata: a\n\n")).containsExactly(message("a"));
    }

    @Test
    void sendsOffDataThatIsEmpty() {
        assertThat(parsed("data\n\ndata:\ndata\n\n")).containsExactly(message(""), message("\n"));
    }

    @Test
    void dropsWhatTheEndCutsOff() {
        assertThat(parsed("data: a\n\ndata: b\n")).containsExactly(message("a"));
    }

    @Test
    void keepsTheIdUntilThereIsAnother() {
        assertThat(parsed("id: 1\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\nid\ndata: d\n\n"))
                .extracting(ServerSentEvent::lastEventId)
                .containsExactly("1", "1", "1", "");
    }

    @Test
    void passesOverARetryThatIsNoNumber() {
        assertThat(parsed("retry: 1s\nretry: -1\nretry: 99999999999999999999\ndata: a\n\n"))
                .containsExactly(message("a"));
    }

    @Test
    void passesOverAByteOrderMarkAtTheStartOnly() {
        assertThat(parsed("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly(message("a"));
    }

    @Test
    void replacesBytesThatAreNoText() {
        var read = new ArrayList<ServerSentEvent>();
        byte[] bytes = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'};
        new EventParser(LIMIT).feed(bytes, 0, bytes.length, read::add);
        assertThat(read).containsExactly(message("\uFFFD"));
    }

    @Test
    void refusesALineBeyondTheLimit() {
        assertThat(parsed("data: " + "x".repeat(LIMIT - 6) + "\n\n")).hasSize(1);
        assertThatThrownBy(() -> parsed("data: " + "x".repeat(LIMIT - 5)))
                .isInstanceOf(EventParser.TooLarge.class);
    }

    @Test
    void refusesACommentBeyondTheLimit() {
        assertThatThrownBy(() -> parsed(":" + "x".repeat(LIMIT)))
                .isInstanceOf(EventParser.TooLarge.class);
    }

    @Test
    void refusesDataOfManyLinesBeyondTheLimit() {
        assertThatThrownBy(() -> parsed("data: 1234\n".repeat(LIMIT / 10 + 1)))
                .isInstanceOf(EventParser.TooLarge.class);
    }

    @Property(tries = 300)
    void readsWhatWasWrittenHoweverItIsCut(@ForAll("written") Written written) {
        var read = new ArrayList<ServerSentEvent>();
        var parser = new EventParser(1 << 20);
        byte[] bytes = written.text().getBytes(StandardCharsets.UTF_8);
        int from = 0;
        int next = 0;
        while (from < bytes.length) {
            int size =
                    Math.min(
                            written.cuts().get(next++ % written.cuts().size()),
                            bytes.length - from);
            parser.feed(bytes, from, size, read::add);
            from += size;
        }
        assertThat(read).isEqualTo(written.events());
    }

    @Property(tries = 300)
    void neverFailsBelowTheLimit(@ForAll byte[] bytes) {
        var parser = new EventParser(bytes.length + 1);
        parser.feed(bytes, 0, bytes.length, event -> assertThat(event.event()).isNotEmpty());
    }

    record Written(String text, List<ServerSentEvent> events, List<Integer> cuts) {}

    @Provide
    Arbitrary<Written> written() {
        Arbitrary<String> word =
                Arbitraries.of("a", "Z", " ", ":", "ü", "漢", "😀", "\uFEFF", "\t")
                        .list()
                        .ofMaxSize(6)
                        .map(letters -> String.join("", letters));
        var event = Combinators.combine(word, word.list().ofMinSize(1).ofMaxSize(3)).as(Tuple::of);
        return Combinators.combine(
                        event.list().ofMaxSize(5),
                        Arbitraries.of("\n", "\r", "\r\n").list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of("", ": comment", "unknown: x").list().ofSize(3),
                        Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.of(true, false))
                .as(
                        (events, ends, noise, cuts, mark) -> {
                            var expected = new ArrayList<ServerSentEvent>();
                            var lines = new ArrayList<String>();
                            for (int i = 0; i < events.size(); i++) {
                                String type = events.get(i).get1();
                                lines.add(noise.get(i % 3));
                                lines.add("event: " + type);
                                events.get(i).get2().forEach(data -> lines.add("data: " + data));
                                lines.add("");
                                expected.add(
                                        new ServerSentEvent(
                                                type.isEmpty() ? "message" : type,
                                                String.join("\n", events.get(i).get2()),
                                                "",
                                                Optional.empty()));
                            }
                            return new Written(
                                    (mark ? "\uFEFF" : "") + joined(lines, ends), expected, cuts);
                        });
    }

    /// A CR before an LF would be one end of line where two were meant: such ends become CR LF.
    private static String joined(List<String> lines, List<String> ends) {
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String end = ends.get(i % ends.size());
            boolean joins =
                    end.equals("\r")
                            && i + 1 < lines.size()
                            && lines.get(i + 1).isEmpty()
                            && ends.get((i + 1) % ends.size()).equals("\n");
            text.append(lines.get(i)).append(joins ? "\r\n" : end);
        }
        return text.toString();
    }

    private static ServerSentEvent message(String data) {
        return new ServerSentEvent("message", data, "", Optional.empty());
    }

    private static List<ServerSentEvent> parsed(String text) {
        var read = new ArrayList<ServerSentEvent>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        new EventParser(LIMIT).feed(bytes, 0, bytes.length, read::add);
        return read;
    }
}

package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.internal.http.Socket;
import dev.hearth.client.realtime.JsonText.MalformedException;
import dev.hearth.client.realtime.Outgoing.Content;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The frames that realtime-js 2.119 sends and receives, byte by byte.
class WireTest {

    private final Wire one = Wire.of("1.0.0");
    private final Wire two = Wire.of("2.0.0");

    private static final class Written implements Socket {
        final List<String> texts = new ArrayList<>();
        final List<String> bytes = new ArrayList<>();

        @Override
        public boolean send(String text) {
            return texts.add(text);
        }

        @Override
        public boolean send(ByteBuffer buffer) {
            var copy = new byte[buffer.remaining()];
            buffer.get(copy);
            return bytes.add(HexFormat.of().formatHex(copy));
        }

        @Override
        public long queued() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public void cancel() {}
    }

    private static String written(Wire wire, Outgoing frame) {
        var socket = new Written();
        assertThat(wire.write(frame, socket)).isTrue();
        return socket.texts.isEmpty() ? socket.bytes.get(0) : socket.texts.get(0);
    }

    private static Outgoing.Broadcast broadcast(String ref, String event, Content content) {
        return new Outgoing.Broadcast("6", ref, "realtime:room:1", event, content);
    }

    private static Content json(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8), Content.Kind.JSON);
    }

    @Test
    void writesABroadcastOfVersionTwoAsABinaryFrame() {
        assertThat(written(two, broadcast("7", "évt", json("{\"a\":1}"))))
                .isEqualTo(
                        "0301010f04000136377265616c74696d653a726f6f6d3a31c3a976747b2261223a317d");
    }

    @Test
    void writesABroadcastWithoutPayloadAsAnEmptyObject() {
        assertThat(written(two, broadcast("8", "nopayload", Content.NONE)))
                .isEqualTo(
                        "0301010f09000136387265616c74696d653a726f6f6d3a316e6f7061796c6f61647b7d");
    }

    @Test
    void writesBytesAsTheyAre() {
        assertThat(
                        written(
                                two,
                                broadcast(
                                        "9",
                                        "bin",
                                        new Content(new byte[] {1, 2, -1}, Content.Kind.BYTES))))
                .isEqualTo("0301010f03000036397265616c74696d653a726f6f6d3a3162696e0102ff");
    }

    @Test
    void writesABroadcastOfVersionOneAsAnObject() {
        assertThat(written(one, broadcast("7", "évt", json("{\"a\":1}"))))
                .isEqualTo(
                        """
                        {"topic":"realtime:room:1","event":"broadcast","payload":{"type":"broadcast",\
                        "event":"évt","payload":{"a":1}},"ref":"7","join_ref":"6"}\
                        """);
    }

    @Test
    void writesAHeartbeatInBothVersions() {
        var beat = new Outgoing.Message(null, "13", "phoenix", "heartbeat", "{}");
        assertThat(written(one, beat))
                .isEqualTo(
                        "{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"13\"}");
        assertThat(written(two, beat)).isEqualTo("[null,\"13\",\"phoenix\",\"heartbeat\",{}]");
    }

    @Test
    void readsAnArray() {
        Incoming.Text frame =
                two.read("[\"6\", null ,\"realtime:a\\\"b\",\"broadcast\",{\"x\":\"]\"}]");
        assertThat(frame.joinRef()).isEqualTo("6");
        assertThat(frame.ref()).isNull();
        assertThat(frame.topic()).isEqualTo("realtime:a\"b");
        assertThat(frame.event()).isEqualTo("broadcast");
        assertThat(frame.payload()).isEqualTo("{\"x\":\"]\"}");
    }

    @Test
    void readsAnObjectWhateverTheOrderOfItsKeys() {
        Incoming.Text frame =
                one.read(
                        "{\"event\":\"system\",\"payload\":{\"topic\":\"no\",\"a\":[\"}\"]},\"ref\":null,"
                            + "\"topic\":\"realtime:x\"}");
        assertThat(frame.topic()).isEqualTo("realtime:x");
        assertThat(frame.event()).isEqualTo("system");
        assertThat(frame.payload()).isEqualTo("{\"topic\":\"no\",\"a\":[\"}\"]}");
    }

    @Test
    void readsABinaryBroadcast() {
        var frame = ByteBuffer.allocate(64);
        frame.put((byte) 4).put((byte) 10).put((byte) 2).put((byte) 10).put((byte) 1);
        frame.put(Wire.utf8("realtime:x")).put(Wire.utf8("é")).put(Wire.utf8("{\"id\":\"u\"}"));
        frame.put(Wire.utf8("{\"b\":2}")).flip();
        Incoming.Binary read = two.read(frame);
        assertThat(read.topic()).isEqualTo("realtime:x");
        assertThat(read.event()).isEqualTo("é");
        assertThat(read.meta()).isEqualTo("{\"id\":\"u\"}");
        assertThat(read.json()).isTrue();
        assertThat(new Heard.Binary(read).raw().text()).isEqualTo("{\"b\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "hello",
                "[",
                "[]",
                "[null,null,\"t\",\"e\"]",
                "[null,null,\"t\",\"e\",{\"a\":",
                "[null,null,5,\"e\",{}]",
                "[null,\"1",
                "{\"topic\":\"t\"}"
            })
    void refusesWhatIsNoArray(String text) {
        assertThatThrownBy(() -> two.read(text))
                .isInstanceOfAny(MalformedException.class, StringIndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1]",
                "{",
                "{\"topic\":\"t\"}",
                "{\"topic\":\"t\",\"event\":\"e\",\"payload\":{"
            })
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> one.read(text))
                .isInstanceOfAny(MalformedException.class, StringIndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "0401", "04ff00000161", "00010101", "0500000000"})
    void refusesWhatIsNoBinaryFrame(String hex) {
        assertThatThrownBy(() -> two.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void knowsNoBinaryFramesInVersionOne() {
        assertThatThrownBy(() -> one.read(ByteBuffer.allocate(9)))
                .isInstanceOf(MalformedException.class);
    }

    @Property(tries = 200)
    void anyTextSurvivesTheWayThere(@ForAll String topic, @ForAll String event) {
        var frame = new Outgoing.Message("1", "2", topic, event, "{\"k\":[1,\"]}\"]}");
        for (Wire wire : List.of(one, two)) {
            Incoming.Text back = wire.read(written(wire, frame));
            if (!hasLoneSurrogate(topic + event)) {
                assertThat(back.topic()).isEqualTo(topic);
                assertThat(back.event()).isEqualTo(event);
            }
            assertThat(back.payload()).isEqualTo("{\"k\":[1,\"]}\"]}");
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }
}

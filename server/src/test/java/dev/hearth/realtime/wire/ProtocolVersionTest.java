package dev.hearth.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

class ProtocolVersionTest {

    private static final Ref SIX = Ref.text("6");
    private static final String TOPIC = "realtime:room:1";

    @ParameterizedTest
    @CsvSource({"1.0.0,V1", "1.0.7,V1", "2.0.0,V2", "2.0.1,V2"})
    void speaksWhatUpstreamSpeaks(String vsn, ProtocolVersion version) {
        assertThat(ProtocolVersion.of(Optional.of(vsn))).contains(version);
    }

    @Test
    void takesNoVersionAsTheFirst() {
        assertThat(ProtocolVersion.of(Optional.empty())).contains(ProtocolVersion.V1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2.1.0", "3.0.0", "1.0.x", "2.0.99999999999999"})
    void speaksNothingElse(String vsn) {
        assertThat(ProtocolVersion.of(Optional.of(vsn))).isEmpty();
    }

    @Test
    void writesAReply() {
        var reply =
                new ServerMessage.Reply(new Address(SIX, Ref.text("7"), TOPIC), false, "{\"a\":1}");

        assertText(
                reply,
                "[\"6\",\"7\",\"realtime:room:1\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"a\":1}}]",
                "{\"topic\":\"realtime:room:1\",\"event\":\"phx_reply\",\"payload\":{\"status\":\"error\",\"response\":{\"a\":1}},\"ref\":\"7\"}");
    }

    @Test
    void writesACloseUnderTheJoinRef() {
        assertText(
                new ServerMessage.Closed(SIX, TOPIC),
                "[\"6\",\"6\",\"realtime:room:1\",\"phx_close\",{}]",
                "{\"topic\":\"realtime:room:1\",\"event\":\"phx_close\",\"payload\":{},\"ref\":\"6\"}");
    }

    @Test
    void writesASystemMessage() {
        assertText(
                new ServerMessage.Note(
                        SIX, TOPIC, "system", true, "a \"b\"", Optional.of("room:1")),
                "[\"6\",null,\"realtime:room:1\",\"system\",{\"extension\":\"system\",\"status\":\"ok\",\"message\":\"a"
                    + " \\\"b\\\"\",\"channel\":\"room:1\"}]",
                "{\"topic\":\"realtime:room:1\",\"event\":\"system\",\"payload\":{\"extension\":\"system\",\"status\":\"ok\",\"message\":\"a"
                    + " \\\"b\\\"\",\"channel\":\"room:1\"},\"ref\":null}");
    }

    @Test
    void writesABroadcastWithoutRefs() {
        assertText(
                new ServerMessage.Broadcast(TOPIC, bytes("{ \"x\":1}")),
                "[null,null,\"realtime:room:1\",\"broadcast\",{ \"x\":1}]",
                "{\"topic\":\"realtime:room:1\",\"event\":\"broadcast\",\"payload\":{"
                        + " \"x\":1},\"ref\":null}");
    }

    @Test
    void writesChangesWithTheirIds() {
        assertText(
                new ServerMessage.Changes(TOPIC, List.of(1, 5), bytes("{\"type\":\"INSERT\"}")),
                "[null,null,\"realtime:room:1\",\"postgres_changes\",{\"ids\":[1,5],\"data\":{\"type\":\"INSERT\"}}]",
                "{\"topic\":\"realtime:room:1\",\"event\":\"postgres_changes\",\"payload\":{\"ids\":[1,5],\"data\":{\"type\":\"INSERT\"}},\"ref\":null}");
    }

    @Test
    void writesAUserBroadcastByteForByte() {
        var frames =
                encode(
                        ProtocolVersion.V2,
                        new ServerMessage.UserBroadcast(
                                TOPIC, new UserMessage("évt", Encoding.JSON, bytes("{\"a\":1}"))));

        assertThat(frames.isText()).isFalse();
        assertThat(HexFormat.of().formatHex(frames.buffer().array()))
                .isEqualTo("040f040001" + hex("realtime:room:1") + "c3a97674" + hex("{\"a\":1}"));
    }

    @Test
    void writesAUserBroadcastAsTextForTheFirstVersion() {
        assertThat(
                        text(
                                ProtocolVersion.V1,
                                new ServerMessage.UserBroadcast(
                                        TOPIC, new UserMessage("e", Encoding.JSON, bytes("[1]")))))
                .isEqualTo(
                        "{\"topic\":\"realtime:room:1\",\"event\":\"broadcast\",\"payload\":{\"event\":\"e\",\"payload\":[1],\"type\":\"broadcast\"},\"ref\":null}");
    }

    @Test
    void hasNoWayForRawBytesInTheFirstVersion() {
        assertThat(
                        ProtocolVersion.V1.encode(
                                new ServerMessage.UserBroadcast(
                                        TOPIC, new UserMessage("e", Encoding.RAW, bytes("x")))))
                .isEmpty();
    }

    @Test
    void writesANameThatIsTooLongForABinaryFrameAsText() {
        String event = "e".repeat(256);

        assertThat(
                        text(
                                ProtocolVersion.V2,
                                new ServerMessage.UserBroadcast(
                                        TOPIC, new UserMessage(event, Encoding.JSON, bytes("1")))))
                .isEqualTo(
                        "[null,null,\"realtime:room:1\",\"broadcast\",{\"event\":\""
                                + event
                                + "\",\"payload\":1,\"type\":\"broadcast\"}]");
    }

    private static void assertText(ServerMessage message, String two, String one) {
        assertThat(text(ProtocolVersion.V2, message)).isEqualTo(two);
        assertThat(text(ProtocolVersion.V1, message)).isEqualTo(one);
    }

    private static String text(ProtocolVersion version, ServerMessage message) {
        SocketFrames frames = encode(version, message);
        assertThat(frames.isText()).isTrue();
        return new String(frames.buffer().array(), StandardCharsets.UTF_8);
    }

    private static SocketFrames encode(ProtocolVersion version, ServerMessage message) {
        return version.encode(message).orElseThrow();
    }

    private static Bytes bytes(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}

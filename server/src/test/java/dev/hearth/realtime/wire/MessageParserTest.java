package dev.hearth.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ClientMessage.AccessToken;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ClientMessage.Broadcast;
import dev.hearth.realtime.wire.ClientMessage.Heartbeat;
import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.ClientMessage.Leave;
import dev.hearth.realtime.wire.ClientMessage.Malformed;
import dev.hearth.realtime.wire.ClientMessage.Other;
import dev.hearth.realtime.wire.ClientMessage.UserBroadcast;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

class MessageParserTest {

    private static final Address AT = new Address(Ref.text("6"), Ref.text("7"), "realtime:room:1");

    @Test
    void readsAHeartbeatOfBothVersions() {
        var expected = new Heartbeat(Ref.text("13"));

        assertThat(two("[null,\"13\",\"phoenix\",\"heartbeat\",{}]")).isEqualTo(expected);
        assertThat(
                        one(
                                "{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"13\"}"))
                .isEqualTo(expected);
    }

    @Test
    void readsAHeartbeatWithoutRef() {
        assertThat(two("[null,null,\"phoenix\",\"heartbeat\",{}]"))
                .isEqualTo(new Heartbeat(Ref.NONE));
    }

    @Test
    void echoesANumberAsANumber() {
        assertThat(two("[1,2,\"realtime:a\",\"phx_leave\",{}]"))
                .isEqualTo(new Leave(new Address(new Ref("1"), new Ref("2"), "realtime:a")));
    }

    @Test
    void takesTheOldSpellingOfJoinRef() {
        assertThat(
                        one(
                                "{\"topic\":\"realtime:room:1\",\"event\":\"phx_leave\",\"payload\":{},\"ref\":\"7\",\"joinRef\":\"6\"}"))
                .isEqualTo(new Leave(AT));
    }

    @Test
    void cutsABroadcastOutByteForByte() {
        String payload = "{ \"event\":\"x\", \"payload\" : {\"n\":1.50,\"s\":\"\\u00e9ü\"} }";

        assertThat(two("[\"6\",\"7\",\"realtime:room:1\",\"broadcast\", " + payload + " ]"))
                .isEqualTo(new Broadcast(AT, bytes(payload)));
    }

    @Test
    void readsTheKeysOfVersionOneInAnyOrder() {
        String payload = "{\"event\":\"x\"}";

        assertThat(
                        one(
                                "{\"payload\":"
                                        + payload
                                        + ",\"ref\":\"7\",\"extra\":[1],\"event\":\"broadcast\",\"join_ref\":\"6\",\"topic\":\"realtime:room:1\"}"))
                .isEqualTo(new Broadcast(AT, bytes(payload)));
    }

    @Test
    void ignoresSurplusElements() {
        assertThat(two("[\"6\",\"7\",\"realtime:room:1\",\"phx_leave\",{},1,{\"a\":[]}]"))
                .isEqualTo(new Leave(AT));
    }

    @Test
    void takesATokenThatIsNoTextAsNone() {
        assertThat(
                        two(
                                "[\"6\",\"7\",\"realtime:room:1\",\"access_token\",{\"access_token\":null}]"))
                .isEqualTo(new AccessToken(AT, Optional.empty()));
    }

    @Test
    void readsAJoinWithoutAPayload() {
        assertThat(two("[\"6\",\"7\",\"realtime:room:1\",\"phx_join\",null]"))
                .isInstanceOfSatisfying(
                        Join.class, join -> assertThat(join.request().legacy()).isTrue());
    }

    @Test
    void keepsAnUnknownEvent() {
        assertThat(two("[\"6\",\"7\",\"realtime:room:1\",\"foo\",{}]"))
                .isEqualTo(new Other(AT, "foo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[",
                "[]",
                "{}",
                "null",
                "\"x\"",
                "[\"1\",\"2\",\"t\",\"e\"]",
                "[\"1\",\"2\",null,\"e\",{}]",
                "[\"1\",\"2\",\"t\",5,{}]",
                "[{},\"2\",\"t\",\"e\",{}]",
                "[\"1\",\"2\",\"t\",\"e\",{\"a\":}]",
                "[\"1\",\"2\",\"t\",\"e\",{}",
                "[\"1\",\"2\",\"t\",\"e\",{}] x",
                "[\"1\",\"2\",\"t\",\"e\",{}][]",
                "[\"1\",\"2\",\"t\",\"broadcast\",null]",
                "[\"1\",\"2\",\"t\",\"broadcast\",{\"a\":\"\\x\"}]",
            })
    void callsItMalformed(String text) {
        assertThat(two(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void callsAMissingKeyOfVersionOneMalformed() {
        assertThat(one("{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{}}"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void callsEndlessNestingMalformed() {
        assertThat(two("[\"1\",\"2\",\"t\",\"e\"," + "[".repeat(100_000)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void readsACapturedUserBroadcast() {
        byte[] frame =
                HexFormat.of()
                        .parseHex(
                                "0301010f040001"
                                        + "36"
                                        + "37"
                                        + hex("realtime:room:1")
                                        + "c3a97674"
                                        + hex("{\"a\":1}"));

        assertThat(MessageParser.binary(ProtocolVersion.V2, frame))
                .isEqualTo(
                        new UserBroadcast(
                                AT, new UserMessage("évt", Encoding.JSON, bytes("{\"a\":1}"))));
    }

    @Test
    void dropsTheMetaOfAUserBroadcast() {
        byte[] frame =
                HexFormat.of()
                        .parseHex(
                                "0301010f010200"
                                        + "3637"
                                        + hex("realtime:room:1")
                                        + "65"
                                        + hex("{}")
                                        + "ff00");

        assertThat(MessageParser.binary(ProtocolVersion.V2, frame))
                .isEqualTo(
                        new UserBroadcast(
                                AT,
                                new UserMessage("e", Encoding.RAW, new Bytes(new byte[] {-1, 0}))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05",
                "03",
                "0301010101",
                "03ffffffffff01",
                "030101010100003637c365", // the topic is half a character
                "03010101010001363774" + "65" + "7b", // JSON that ends too early
                "03010101010101363774" + "65" + "7b", // meta that is not JSON
                "00ff010101",
            })
    void callsABinaryFrameMalformed(String hex) {
        assertThat(MessageParser.binary(ProtocolVersion.V2, HexFormat.of().parseHex(hex)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void callsAnyBinaryFrameOfVersionOneMalformed() {
        assertThat(MessageParser.binary(ProtocolVersion.V1, new byte[] {0, 0, 0, 0, 0}))
                .isInstanceOf(Malformed.class);
    }

    @Property(tries = 300)
    void neverThrowsForBytes(@ForAll byte[] bytes) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            assertThat(MessageParser.text(version, bytes)).isNotNull();
            assertThat(MessageParser.binary(version, bytes)).isNotNull();
        }
    }

    @Property(tries = 500)
    void neverThrowsForBrokenMessages(@ForAll("broken") byte[] bytes) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            assertThat(MessageParser.text(version, bytes)).isNotNull();
            assertThat(MessageParser.binary(version, bytes)).isNotNull();
        }
    }

    @Property(tries = 300)
    void keepsEveryBroadcastAsItWas(@ForAll("payloads") String payload) {
        assertThat(two("[\"6\",\"7\",\"realtime:room:1\",\"broadcast\"," + payload + "]"))
                .isEqualTo(new Broadcast(AT, bytes(payload)));
    }

    @Provide
    Arbitrary<byte[]> broken() {
        Arbitrary<String> whole =
                Arbitraries.of(
                        "[\"6\",\"7\",\"realtime:a\",\"phx_join\",{\"config\":{\"broadcast\":{\"self\":\"true\"},\"presence\":{\"key\":[]},\"postgres_changes\":[null,{\"event\":\"*\"},3]},\"access_token\":\"x\"}]",
                        "{\"topic\":\"realtime:a\",\"event\":\"presence\",\"payload\":{\"event\":\"track\",\"payload\":7},\"ref\":null}",
                        "\u0003\u0001\u0001\u0001\u0001\u0002\u000167te{}{\"a\":1}");
        return Combinators.combine(
                        whole,
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 200))
                .as(
                        (text, at, value, cut) -> {
                            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                            bytes[at % bytes.length] = value;
                            int length = cut < 50 ? cut % bytes.length : bytes.length;
                            return java.util.Arrays.copyOf(bytes, length);
                        });
    }

    @Provide
    Arbitrary<String> payloads() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).map(Json::quote);
        Arbitrary<String> number =
                Arbitraries.bigDecimals().ofScale(4).map(java.math.BigDecimal::toString);
        Arbitrary<String> value =
                Arbitraries.lazyOf(
                        () -> text,
                        () -> number,
                        () -> Arbitraries.of("true", "false", "null", "[]", "[ 1 , {} ]"));
        return Combinators.combine(text, value, text, value)
                .as((a, b, c, d) -> "{" + a + " :" + b + " , " + c + ":" + d + "}")
                // A lone surrogate is no UTF-8 and cannot come in a text frame.
                .map(
                        json ->
                                new String(
                                        json.getBytes(StandardCharsets.UTF_8),
                                        StandardCharsets.UTF_8));
    }

    private static ClientMessage two(String text) {
        return MessageParser.text(ProtocolVersion.V2, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ClientMessage one(String text) {
        return MessageParser.text(ProtocolVersion.V1, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes bytes(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}

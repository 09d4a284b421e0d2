package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ClientMessage.Malformed;
import dev.hearth.realtime.wire.ClientMessage.Other;
import dev.hearth.realtime.wire.ClientMessage.UserBroadcast;
import dev.hearth.realtime.wire.UserMessage.Encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads the binary frames that clients may send. Lengths are one unsigned byte each and count
/// UTF-8 bytes; the payload runs to the end.
///
/// | kind | header | then |
/// |---|---|---|
/// | 0 push | `00` join_ref ref topic event | the four, data |
/// | 3 user broadcast | `03` join_ref ref topic event meta encoding | the five, payload |
final class BinaryFrame {

    private static final int PUSH = 0;
    private static final int USER_BROADCAST_PUSH = 3;

    private BinaryFrame() {}

    static ClientMessage read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!in.hasRemaining()) {
            return new Malformed("an empty binary frame");
        }
        try {
            return switch (in.get()) {
                case PUSH -> push(in);
                case USER_BROADCAST_PUSH -> userBroadcast(in);
                default -> new Malformed("an unknown kind of binary frame");
            };
        } catch (CharacterCodingException _) {
            return new Malformed("a name in a binary frame is not UTF-8");
        }
    }

    private static ClientMessage push(ByteBuffer in) throws CharacterCodingException {
        int[] lengths = lengths(in, 4);
        if (in.remaining() < sum(lengths)) {
            return new Malformed("a binary frame is shorter than its lengths say");
        }
        Address at = address(in, lengths);
        return new Other(at, text(in, lengths[3]));
    }

    private static ClientMessage userBroadcast(ByteBuffer in) throws CharacterCodingException {
        int[] lengths = lengths(in, 5);
        if (in.remaining() < 1 + sum(lengths)) {
            return new Malformed("a binary frame is shorter than its lengths say");
        }
        Encoding encoding = in.get() == 0 ? Encoding.RAW : Encoding.JSON;
        Address at = address(in, lengths);
        String event = text(in, lengths[3]);
        byte[] meta = bytes(in, lengths[4]);
        byte[] payload = bytes(in, in.remaining());
        if (meta.length > 0 && !Json.isValue(meta)) {
            return new Malformed("the meta of a binary frame is not JSON");
        }
        if (encoding == Encoding.JSON && !Json.isValue(payload)) {
            // Handed on, it would break every receiver.
            return new Malformed("the payload of a binary frame is not JSON");
        }
        return new UserBroadcast(at, new UserMessage(event, encoding, new Bytes(payload)));
    }

    private static Address address(ByteBuffer in, int[] lengths) throws CharacterCodingException {
        return new Address(ref(in, lengths[0]), ref(in, lengths[1]), text(in, lengths[2]));
    }

    /// As many as there are bytes for; a missing length counts as more than can be there.
    private static int[] lengths(ByteBuffer in, int count) {
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 1;
        }
        return lengths;
    }

    private static int sum(int[] lengths) {
        int sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }

    private static Ref ref(ByteBuffer in, int length) throws CharacterCodingException {
        return length == 0 ? Ref.NONE : Ref.text(text(in, length));
    }

    private static String text(ByteBuffer in, int length) throws CharacterCodingException {
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}

package dev.hearth.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// How addresses write bytes: `%C3%A9` for `é`.
public final class PercentEncoding {

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ESCAPE_LENGTH = 3;

    private PercentEncoding() {}

    /// The bytes that a text stands for, which need not be UTF-8. A percent sign that escapes
    /// nothing stands for itself, as does a plus sign: where that is a blank, the caller says so
    /// before.
    public static byte[] decode(String text) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        if (text.indexOf('%') < 0) {
            return sent;
        }
        var bytes = new ByteArrayOutputStream(sent.length);
        for (int at = 0; at < sent.length; at++) {
            int value = escaped(sent, at);
            bytes.write(value < 0 ? sent[at] : value);
            at += value < 0 ? 0 : ESCAPE_LENGTH - 1;
        }
        return bytes.toByteArray();
    }

    /// The byte that is escaped there, or -1.
    private static int escaped(byte[] sent, int at) {
        if (sent[at] != '%' || at + ESCAPE_LENGTH > sent.length) {
            return -1;
        }
        int high = Character.digit(sent[at + 1], 16);
        int low = Character.digit(sent[at + 2], 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    /// A text with everything escaped but letters and digits of ASCII and `-_.~`.
    public static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(each) >= 0) {
                encoded.append((char) each);
            } else {
                encoded.append('%');
                HEX.toHexDigits(encoded, each);
            }
        }
        return encoded.toString();
    }
}

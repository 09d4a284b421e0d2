package dev.hearth.client.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/// Texts as they stand in an address. Pure.
///
/// Where supabase-js puts a text together with an address it uses one of several functions of
/// JavaScript, and requests shall be the same here. They differ in what they leave as it is:
///
/// | rule | beside letters, digits and `-._` | blank | as |
/// |---|---|---|---|
/// | [#path] | `~!$&'()*+,;=:@` and `/` | `%20` | `new URL(…)`: files, functions |
/// | [#segment] | `~!$&'()*+,;=:@` | `%20` | the same: tables, functions of the database |
/// | [#component] | `~!'()*` | `%20` | `encodeURIComponent`: topics, providers |
/// | [#parameter] | `*` | `+` | `URLSearchParams`: every other query |
///
/// Unlike `new URL(…)` the first two take a name literally: `?`, `#` and `%` are encoded, so that
/// none begins something else; and so is what Java's own `URI` refuses, `[]^|`.
public final class UrlEncoding {

    private static final String EVERYWHERE =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

    private static final BitSet SEGMENT = kept(EVERYWHERE + "~!$&'()*+,;=:@");
    private static final BitSet PATH = kept(EVERYWHERE + "~!$&'()*+,;=:@/");
    private static final BitSet COMPONENT = kept(EVERYWHERE + "~!'()*");
    private static final BitSet PARAMETER = kept(EVERYWHERE + "*");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UrlEncoding() {}

    /// A name that may have several segments.
    ///
    /// @throws IllegalArgumentException when the text has half of a character (a surrogate)
    public static String path(String text) {
        return encoded(whole(text), PATH);
    }

    /// A name as one segment of a path.
    ///
    /// @throws IllegalArgumentException when the text has half of a character (a surrogate)
    public static String segment(String text) {
        return encoded(whole(text), SEGMENT);
    }

    /// A text as one segment of a path, or in a query, as `encodeURIComponent` writes it.
    ///
    /// @throws IllegalArgumentException when the text has half of a character (a surrogate)
    public static String component(String text) {
        return encoded(whole(text), COMPONENT);
    }

    /// A name or a value of a query, as `URLSearchParams` writes it; half of a character becomes
    /// U+FFFD.
    public static String parameter(String text) {
        return encoded(replaced(text), PARAMETER).replace("%20", "+");
    }

    private static String whole(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "the name holds half of a character (a surrogate); was a text cut in two?");
        }
        return text;
    }

    private static String replaced(String text) {
        var sound = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(sound::appendCodePoint);
        return sound.toString();
    }

    private static String encoded(String text, BitSet kept) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0 && kept.get(unit)) {
                encoded.append((char) unit);
            } else {
                HEX.toHexDigits(encoded.append('%'), unit);
            }
        }
        return encoded.toString();
    }

    private static BitSet kept(String characters) {
        var kept = new BitSet(128);
        characters.chars().forEach(kept::set);
        return kept;
    }
}

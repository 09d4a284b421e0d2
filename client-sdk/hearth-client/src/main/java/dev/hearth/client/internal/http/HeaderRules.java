package dev.hearth.client.internal.http;

import java.util.regex.Pattern;

/// What may stand in a header.
public final class HeaderRules {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private HeaderRules() {}

    /// Refuses what would break the request in two; the value is not told, it may be a secret.
    ///
    /// @throws IllegalArgumentException with what is wrong
    public static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "no name of a header: \"" + name + "\"; letters, digits and hyphens will do");
        }
        if (value.chars().anyMatch(HeaderRules::breaks)) {
            throw new IllegalArgumentException(
                    "the value of the header "
                            + name
                            + " has a line break or another control character in it;"
                            + " trim what was read from a file or an environment variable");
        }
    }

    private static boolean breaks(int character) {
        return (character < ' ' && character != '\t') || character == 0x7f;
    }
}

package dev.hearth.database;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// `create extension …`, or a comment on one.
///
/// @param name the extension
/// @param schema where it shall live, when the statement says so
/// @param creates whether it is installed rather than commented on
record ExtensionStatement(String name, Optional<String> schema, boolean creates) {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\w$-]+)";
    private static final Pattern CREATE =
            Pattern.compile(
                    "create\\s+extension\\s+(?:if\\s+not\\s+exists\\s+)?"
                            + NAME
                            + "(?:\\s+with\\b)?(?:.*?\\bschema\\s+"
                            + NAME
                            + ")?.*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COMMENT =
            Pattern.compile(
                    "comment\\s+on\\s+extension\\s+" + NAME + "\\s.*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// Empty for any other statement.
    static Optional<ExtensionStatement> parse(String code) {
        var create = CREATE.matcher(code);
        if (create.matches()) {
            return Optional.of(
                    new ExtensionStatement(
                            plain(create.group(1)),
                            Optional.ofNullable(create.group(2)).map(ExtensionStatement::plain),
                            true));
        }
        var comment = COMMENT.matcher(code);
        return comment.matches()
                ? Optional.of(
                        new ExtensionStatement(plain(comment.group(1)), Optional.empty(), false))
                : Optional.empty();
    }

    private static String plain(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}

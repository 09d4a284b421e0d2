package dev.hearth.cli;

import dev.hearth.config.SettingProblem;
import dev.hearth.problem.Refusal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the text of a `.env` file the way that `docker compose` does, save that nothing is put in
/// for `$NAME`:
///
/// ```
/// # a comment
/// PLAIN=value            # a comment too, since a blank is before it; a#b is a value
/// export SHELL=value
/// SINGLE='as it stands, $ and \ too; may have several lines'
/// DOUBLE="with \n, \t, \" and \\; may have several lines"
/// ```
///
/// The value of a name that comes twice is the last one.
final class DotEnv {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern COMMENT = Pattern.compile("(^|[ \\t])#.*$");

    private final String text;
    private int position;

    private DotEnv(String text) {
        this.text = text;
    }

    /// Names and values, in the order of the file.
    ///
    /// @throws Refusal that names the line which cannot be read
    static Map<String, String> parse(String text) {
        return new DotEnv(text.replace("\r\n", "\n")).read();
    }

    /// The line that gives `name` this value, quoted so that [#parse] and a shell read it back.
    static String line(String name, String value) {
        if (!value.contains("'")) {
            return name + "='" + value + "'";
        }
        var escaped =
                value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    private Map<String, String> read() {
        var values = new LinkedHashMap<String, String>();
        while (position < text.length()) {
            skipBlanks();
            if (atLineEnd() || text.charAt(position) == '#') {
                restOfLine();
                continue;
            }
            var name = name();
            values.put(name, value());
        }
        return values;
    }

    private String name() {
        var start = position;
        while (position < text.length() && text.charAt(position) != '=' && !atLineEnd()) {
            position++;
        }
        var name = text.substring(start, position).strip().replaceFirst("^export[ \\t]+", "");
        if (atLineEnd() || !NAME.matcher(name).matches()) {
            throw refuse(start, "it is not NAME=value");
        }
        position++;
        return name;
    }

    private String value() {
        skipBlanks();
        if (atLineEnd()) {
            restOfLine();
            return "";
        }
        return switch (text.charAt(position)) {
            case '\'' -> quoted('\'');
            case '"' -> quoted('"');
            default -> COMMENT.matcher(restOfLine()).replaceFirst("").strip();
        };
    }

    private String quoted(char quote) {
        var start = position++;
        var value = new StringBuilder();
        while (position < text.length() && text.charAt(position) != quote) {
            value.append(quote == '"' ? unescaped() : text.charAt(position++));
        }
        if (position >= text.length()) {
            throw refuse(start, "its quotation is not closed");
        }
        position++;
        if (!COMMENT.matcher(restOfLine()).replaceFirst("").isBlank()) {
            throw refuse(start, "something follows the closing quotation mark");
        }
        return value.toString();
    }

    private char unescaped() {
        var letter = text.charAt(position++);
        if (letter != '\\' || position >= text.length()) {
            return letter;
        }
        var escaped = text.charAt(position);
        var meant =
                switch (escaped) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case '"', '\\', '$' -> escaped;
                    default -> letter;
                };
        if (escaped == '\\' || meant != '\\') {
            position++;
        }
        return meant;
    }

    private String restOfLine() {
        var end = text.indexOf('\n', position);
        var rest = text.substring(position, end < 0 ? text.length() : end);
        position = end < 0 ? text.length() : end + 1;
        return rest;
    }

    private void skipBlanks() {
        while (!atLineEnd() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean atLineEnd() {
        return position >= text.length() || text.charAt(position) == '\n';
    }

    /// Names the line, never its value.
    private Refusal refuse(int at, String why) {
        var line = text.substring(0, at).chars().filter(letter -> letter == '\n').count() + 1;
        return new Refusal(
                new SettingProblem(
                        ".env",
                        "Line %d of .env cannot be read: %s.".formatted(line, why),
                        "Write NAME=value, NAME='value' or NAME=\"value\"."));
    }
}

package dev.hearth.database;

import java.util.regex.Pattern;

/// One statement of a script, without its semicolon.
///
/// @param text the statement, with the comments that stand before it
/// @param line the line of the script on which the text begins, from 1
/// @param codeStart where in the text the first token is, behind the comments
record SqlStatement(String text, int line, int codeStart) {

    private static final Pattern OUTSIDE_TRANSACTION =
            Pattern.compile(
                    "(create\\s+(unique\\s+)?index|drop\\s+index|reindex\\b.*)\\s+concurrently\\b.*"
                            + "|alter\\s+table\\b.*\\bdetach\\s+partition\\b.*\\bconcurrently\\b.*"
                            + "|(create|drop)\\s+(database|tablespace|subscription)\\b.*"
                            + "|alter\\s+system\\b.*"
                            + "|vacuum\\b.*"
                            + "|reindex\\s+(database|system)\\b.*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern COPY =
            Pattern.compile("copy\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /// The statement without the comments before it.
    String code() {
        return text.substring(codeStart);
    }

    /// The first line of the code.
    String firstLine() {
        return code().lines().findFirst().orElse("").strip();
    }

    /// The line of the script on which a character of the text stands.
    ///
    /// @param position counted from 1, as PostgreSQL does; 0 means the first token
    int lineAt(int position) {
        int end = position > 0 ? Math.min(position - 1, text.length()) : codeStart;
        return line + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /// Whether PostgreSQL refuses it inside a transaction block.
    boolean runsOutsideTransaction() {
        return OUTSIDE_TRANSACTION.matcher(code()).matches();
    }

    boolean isCopy() {
        return COPY.matcher(code()).matches();
    }

    /// A command to psql rather than to the server: `\connect`, `\copy`.
    boolean isMetaCommand() {
        return code().startsWith("\\");
    }
}

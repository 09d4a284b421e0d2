package dev.hearth.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Cuts a script into statements at the semicolons that end one, as psql does.
///
/// A semicolon does not end a statement inside `'…'`, `E'…\'…'`, `"…"`, `$tag$…$tag$`, a comment
/// (block comments nest), parentheses, or the `BEGIN ATOMIC … END` body of a function. A line that
/// begins with a backslash where a statement could begin is a statement of its own, since it is a
/// command to psql. Nothing is refused: what does not end runs to the end of the script, and
/// PostgreSQL says what is wrong with it.
///
/// Mirrors the lexical rules of PostgreSQL's manual, section 4.1, and of psql for function bodies.
/// For one script and one thread.
final class StatementSplitter {

    private static final Pattern DOLLAR_TAG =
            Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final int NO_CODE = -1;

    private final String script;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<String> firstWords = new ArrayList<>();
    private int at;
    private int start;
    private int codeStart = NO_CODE;
    private int parentheses;
    private int blocks;

    /// The line on which the character at `counted` stands.
    private int line = 1;

    private int counted;

    private StatementSplitter(String script) {
        this.script = script;
    }

    /// The statements in order; text of comments alone is left out.
    static List<SqlStatement> split(String script) {
        var splitter = new StatementSplitter(script);
        while (splitter.at < script.length()) {
            splitter.step();
        }
        splitter.end(script.length());
        return List.copyOf(splitter.statements);
    }

    private void step() {
        char c = script.charAt(at);
        if (Character.isWhitespace(c) || c == '\uFEFF') {
            at++;
        } else if (script.startsWith("--", at)) {
            skipTo("\n");
        } else if (script.startsWith("/*", at)) {
            skipBlockComment();
        } else if (c == ';' && parentheses == 0 && blocks == 0) {
            end(at);
            at++;
            start = at;
        } else {
            if (codeStart == NO_CODE) {
                codeStart = at;
            }
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\\' && codeStart == at) {
            skipTo("\n");
            end(at);
            start = at;
        } else if (c == '\'') {
            skipQuoted('\'', false);
        } else if (c == '"') {
            skipQuoted('"', false);
        } else if (c == '$') {
            skipDollarQuoted();
        } else if (isWordStart(c)) {
            word();
        } else {
            if (c == '(') {
                parentheses++;
            } else if (c == ')' && parentheses > 0) {
                parentheses--;
            }
            at++;
        }
    }

    private void word() {
        int begin = at;
        while (at < script.length() && isWordPart(script.charAt(at))) {
            at++;
        }
        String word = script.substring(begin, at).toLowerCase(Locale.ROOT);
        if (word.equals("e") && at < script.length() && script.charAt(at) == '\'') {
            skipQuoted('\'', true);
            return;
        }
        if (firstWords.size() < 4) {
            firstWords.add(word);
        }
        if (parentheses == 0 && makesRoutine()) {
            countBlocks(word);
        }
    }

    private boolean makesRoutine() {
        int kind = firstWords.size() > 1 && firstWords.get(1).equals("or") ? 3 : 1;
        return firstWords.getFirst().equals("create")
                && firstWords.size() > kind
                && (firstWords.get(kind).equals("function")
                        || firstWords.get(kind).equals("procedure"));
    }

    /// Only a body that is not quoted shows these words, and it begins with BEGIN ATOMIC.
    private void countBlocks(String word) {
        switch (word) {
            case "begin" -> blocks++;
            case "case" -> blocks += blocks > 0 ? 1 : 0;
            case "end" -> blocks -= blocks > 0 ? 1 : 0;
            default -> {}
        }
    }

    private void end(int until) {
        if (codeStart != NO_CODE) {
            int from = start;
            while (Character.isWhitespace(script.charAt(from)) || script.charAt(from) == '\uFEFF') {
                from++;
            }
            for (; counted < from; counted++) {
                line += script.charAt(counted) == '\n' ? 1 : 0;
            }
            String text = script.substring(from, until).stripTrailing();
            statements.add(new SqlStatement(text, line, codeStart - from));
        }
        codeStart = NO_CODE;
        parentheses = 0;
        blocks = 0;
        firstWords.clear();
    }

    private void skipTo(String terminator) {
        int found = script.indexOf(terminator, at);
        at = found < 0 ? script.length() : found;
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (script.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (script.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < script.length());
    }

    /// A doubled quote ends one quoted text and begins the next, which comes to the same.
    private void skipQuoted(char quote, boolean backslashEscapes) {
        at++;
        while (at < script.length() && script.charAt(at) != quote) {
            at += backslashEscapes && script.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, script.length());
        if (backslashEscapes && at < script.length() && script.charAt(at) == quote) {
            skipQuoted(quote, true);
        }
    }

    private void skipDollarQuoted() {
        var tag = DOLLAR_TAG.matcher(script).region(at, script.length());
        if (!tag.lookingAt()) {
            at++;
            return;
        }
        at = tag.end();
        skipTo(tag.group());
        at = Math.min(at + tag.group().length(), script.length());
    }

    private static boolean isWordStart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > '\u007F';
    }

    /// A dollar sign inside a word belongs to it and begins no quote.
    private static boolean isWordPart(char c) {
        return isWordStart(c) || c == '$';
    }
}

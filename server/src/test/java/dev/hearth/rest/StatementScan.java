package dev.hearth.rest;

import dev.hearth.rest.sql.Rendering;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a statement as PostgreSQL's scanner does, and holds it against the words that
/// the data API itself writes: whatever else is in a text came from the request and must be a name
/// in double quotes. The type of a cast alone may be bare words of any kind.
///
/// A value has no place in a text at all, so a literal that is not ours is found as well as a word.
final class StatementScan {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<blank>\\s+)|(?<name>\"(?:[^\"\\x00]|\"\")*\")|(?<literal>'(?:[^']|'')*')"
                        + "|(?<word>[\\p{L}_][\\p{L}\\d_$]*)|(?<number>\\d+)|(?<place>\\?\\??)"
                        + "|(?<other>::|:=|->>|->|\\|\\||<>|>=|<=|!=|~~\\*|~~|~\\*|@@|@>|<@|&&|<<|>>"
                        + "|&<|&>|-\\|-|-(?!-)|[+=<>~.,()*\\[\\]])");

    /// Every word that a statement may hold outside of quotes.
    private static final Set<String> WORDS =
            Set.of(
                    """
                    _ _postgrest_t all analyze and any array array_agg as asc avg body bigint
                    blocks buffers by bytea case cast coalesce column conflict count csv
                    current_setting default delete desc distinct do else end excluded exists
                    explain false features first first_row format from generic_plan greatest group
                    header ilike inner insert int integer into is isnull join json json_agg
                    json_array_elements json_build_object json_each_text json_object_keys
                    json_strip_nulls json_to_record json_to_recordset jsonb jsonb_array_elements
                    jsonb_build_object jsonb_to_record key last lateral left length like limit
                    max member min money_json money_of_ours name names not nothing null nullif
                    nulls numeric offset on or order ours page_total path pg_catalog pg_column_size
                    pgrst_body pgrst_call pgrst_element pgrst_rows pgrst_scalar pgrst_source
                    phraseto_tsquery plainto_tsquery response_headers response_inserted
                    response_status returning right row_to_json select set settings
                    string_agg sum text text_money json_money then to_json to_jsonb to_tsquery
                    to_tsvector total_result_set true tsvector unknown unnest update value values
                    variadic verbose wal websearch_to_tsquery when where with xmax
                    pgrst_source_count set_config st_asgeojson
                    """
                            .strip()
                            .split("\\s+", -1));

    /// Every literal.
    private static final Set<String> LITERALS =
            Set.of(
                    "''",
                    "','",
                    "'\n'",
                    "'='",
                    "'[]'",
                    "'null'",
                    "'eq.'",
                    "'is.null'",
                    "'response.headers'",
                    "'response.status'",
                    "'pgrst.inserted'",
                    "'0'",
                    "'-1'",
                    "'type'",
                    "'features'",
                    "'FeatureCollection'");

    private static final String ONE_ROW = "count(*) = 1";

    private final String text;
    private final Matcher token;
    private final Deque<Boolean> casts = new ArrayDeque<>();
    private String before = "";
    private int places;

    private StatementScan(String text) {
        this.text = text;
        this.token = TOKEN.matcher(text);
    }

    /// What in a text is not ours to say; empty for a text that holds nothing of a request outside
    /// of double quotes.
    static Optional<String> stranger(String text) {
        return new StatementScan(text).run();
    }

    /// How many parameters a text asks for.
    static int places(String text) {
        var scan = new StatementScan(text);
        var _ = scan.run();
        return scan.places;
    }

    private Optional<String> run() {
        int at = 0;
        while (at < text.length()) {
            token.region(at, text.length());
            if (!token.lookingAt()) {
                return Optional.of("at " + at + ": " + text.substring(at));
            }
            if (token.group("blank") == null && !isOurs()) {
                return Optional.of("at " + at + ": " + token.group() + " in " + text);
            }
            at = token.end();
        }
        return casts.isEmpty() ? Optional.empty() : Optional.of("not closed: " + text);
    }

    private boolean isOurs() {
        String found = token.group();
        boolean ours =
                token.group("name") != null
                        || token.group("place") != null
                        || isOurWord(found)
                        || (token.group("literal") != null && LITERALS.contains(found))
                        || (token.group("number") != null && isOurNumber(found))
                        || (token.group("other") != null && nests(found));
        places += found.equals("?") ? 1 : 0;
        before = found;
        return ours;
    }

    /// The words of a cast's type follow its `AS`.
    private boolean isOurWord(String found) {
        if (token.group("word") == null) {
            return false;
        }
        if (found.equals("AS") && Boolean.TRUE.equals(casts.peek())) {
            var _ = casts.pop();
            casts.push(false);
            int end = text.indexOf(')', token.end());
            String type = end < 0 ? "" : text.substring(token.end(), end);
            if (type.matches("[\\p{L}\\d_$ ]+")) {
                token.region(end, text.length());
                token.lookingAt();
                return nests(token.group());
            }
        }
        return WORDS.contains(found.toLowerCase(java.util.Locale.ROOT));
    }

    /// Places of a select list, and a few of our own; none that something is compared with, but for
    /// the number of rows and the size of a body. A limit is a number that was reckoned with.
    private boolean isOurNumber(String found) {
        if (before.equalsIgnoreCase("LIMIT")) {
            return Long.toString(Long.parseLong(found)).equals(found);
        }
        if (before.equals("<=")) {
            return found.equals(Integer.toString(Rendering.MAXIMUM_VALUE));
        }
        return found.length() <= 3
                && (!before.equals("=")
                        || text.startsWith(ONE_ROW, token.end() - ONE_ROW.length()));
    }

    private boolean nests(String found) {
        switch (found) {
            case "(" -> casts.push(before.equals("CAST"));
            case ")" -> {
                if (casts.poll() == null) {
                    return false;
                }
            }
            default -> {}
        }
        return true;
    }
}

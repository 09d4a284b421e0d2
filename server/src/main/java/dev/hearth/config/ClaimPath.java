package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in the claims of a token something stands: `.role`, `.app_metadata.roles[0]`,
/// `."https://example.com/role"`, `.roles[?(@ ^== "app")]`.
///
/// Mirrors `PostgREST/postgrest:src/PostgREST/Config/JSPath.hs`.
///
/// @param steps from the claims downwards, at least one; a [Match] is the last
public record ClaimPath(List<Step> steps) {

    /// One step down.
    public sealed interface Step {}

    /// To the member of an object.
    public record Member(String name) implements Step {}

    /// To the element of an array.
    ///
    /// @param index from 0
    public record Element(int index) implements Step {}

    /// To the first text of an array that fits.
    public record Match(Comparison comparison, String text) implements Step {

        /// Whether a text fits.
        public boolean fits(String candidate) {
            return switch (comparison) {
                case EQUAL -> candidate.equals(text);
                case UNEQUAL -> !candidate.equals(text);
                case STARTS -> candidate.startsWith(text);
                case ENDS -> candidate.endsWith(text);
                case CONTAINS -> candidate.contains(text);
            };
        }
    }

    /// How texts are compared.
    public enum Comparison {
        /// `==`
        EQUAL("=="),
        /// `!=`
        UNEQUAL("!="),
        /// `^==`
        STARTS("^=="),
        /// `==^`
        ENDS("==^"),
        /// `*==`
        CONTAINS("*==");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private static Comparison written(String sign) {
            for (Comparison comparison : values()) {
                if (comparison.sign.equals(sign)) {
                    return comparison;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    /// `.role`
    public static final ClaimPath ROLE = new ClaimPath(List.of(new Member("role")));

    private static final Pattern STEP =
            Pattern.compile(
                    "\\.(?:(?<plain>[\\p{L}\\p{N}_$@]+)|(?<quoted>\"[^\"]*\"))"
                        + "|\\[(?<index>[0-9]{1,9})]"
                        + "|\\[\\?\\(@\\s*(?<sign>==\\^|==|!=|\\^==|\\*==)\\s*(?<text>\"[^\"]*\")\\)]$");

    /// Copies the list.
    public ClaimPath {
        steps = List.copyOf(steps);
    }

    /// Reads a path as it is written in a setting.
    ///
    /// @param setting the setting's name
    /// @throws Refusal with a [SettingProblem] when it is none
    public static ClaimPath parse(String setting, String text) {
        var steps = new ArrayList<Step>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw refuse(setting, at);
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        if (steps.isEmpty()) {
            throw refuse(setting, at);
        }
        return new ClaimPath(steps);
    }

    private static Step step(Matcher matcher) {
        String plain = matcher.group("plain");
        if (plain != null) {
            return new Member(plain);
        }
        String quoted = matcher.group("quoted");
        if (quoted != null) {
            return new Member(bare(quoted));
        }
        String index = matcher.group("index");
        if (index != null) {
            return new Element(Integer.parseInt(index));
        }
        return new Match(Comparison.written(matcher.group("sign")), bare(matcher.group("text")));
    }

    private static String bare(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Refusal refuse(String setting, int at) {
        return new Refusal(
                new SettingProblem(
                        setting,
                        "%s is no path of a claim from its character %d on"
                                .formatted(setting, at + 1),
                        "Write one such as .role, .app_metadata.roles[0] or"
                                + " .roles[?(@ == \"editor\")]"));
    }
}

package dev.hearth.auth;

import dev.hearth.auth.AuthProblem.BadChallenge;
import dev.hearth.auth.AuthProblem.InvalidEmail;
import dev.hearth.auth.AuthProblem.InvalidPhone;
import dev.hearth.auth.AuthProblem.PasswordTooLong;
import dev.hearth.auth.AuthProblem.WeakPassword;
import dev.hearth.config.AuthConfig.PasswordRules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What e-mail addresses, phone numbers, passwords and code challenges must be like, and the
/// refusal of those that are not (auth.md 2, 7.2, 9). Pure.
final class Inputs {

    private static final int LONGEST_EMAIL = 255;
    private static final int LONGEST_PASSWORD = 72;

    /// The pattern of HTML's `input type=email`.
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
                            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    private static final Pattern PHONE = Pattern.compile("[1-9][0-9]{1,14}");
    private static final Pattern CHALLENGE = Pattern.compile("[a-zA-Z._~0-9-]+");

    private Inputs() {}

    /// An address as it is stored.
    ///
    /// @throws dev.hearth.problem.Refusal when it is none
    static String email(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_EMAIL) {
            throw new InvalidEmail("An email address is too long").refusal();
        }
        if (!EMAIL.matcher(text).matches()) {
            throw new InvalidEmail("Unable to validate email address: invalid format").refusal();
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// A number as it is stored.
    ///
    /// @throws dev.hearth.problem.Refusal when it is none
    static String phone(String text) {
        String digits = text.replaceFirst("^\\+", "").replace(" ", "");
        if (!PHONE.matcher(digits).matches()) {
            throw new InvalidPhone().refusal();
        }
        return digits;
    }

    /// @throws dev.hearth.problem.Refusal when the rules do not allow the password
    static void requireStrong(String password, PasswordRules rules) {
        int length = password.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PASSWORD) {
            throw new PasswordTooLong(LONGEST_PASSWORD).refusal();
        }
        var reasons = new ArrayList<String>();
        var texts = new ArrayList<String>();
        if (length < rules.leastLength()) {
            reasons.add("length");
            texts.add("Password should be at least %d characters.".formatted(rules.leastLength()));
        }
        List<String> sets = rules.requiredCharacters();
        if (sets.stream().anyMatch(set -> password.chars().noneMatch(c -> set.indexOf(c) >= 0))) {
            reasons.add("characters");
            texts.add(
                    "Password should contain at least one character of each: %s."
                            .formatted(String.join(", ", sets)));
        }
        if (!reasons.isEmpty()) {
            throw new WeakPassword(reasons, String.join(" ", texts)).refusal();
        }
    }

    /// @throws dev.hearth.problem.Refusal when only one of both is given, or the challenge is none
    static void requireChallenge(String method, String challenge) {
        if (challenge.isEmpty() != method.isEmpty()) {
            throw new BadChallenge("PKCE flow requires code_challenge_method and code_challenge")
                    .refusal();
        }
        if (challenge.isEmpty()) {
            return;
        }
        if (challenge.length() < 43 || challenge.length() > 128) {
            throw new BadChallenge("code challenge has to be between 43 and 128 characters")
                    .refusal();
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw new BadChallenge(
                            "code challenge can only contain alphanumeric characters, hyphens,"
                                    + " periods, underscores and tildes")
                    .refusal();
        }
    }
}

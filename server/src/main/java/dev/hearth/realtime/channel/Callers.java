package dev.hearth.realtime.channel;

import dev.hearth.realtime.channel.Callers.Checked.Good;
import dev.hearth.realtime.channel.Callers.Checked.Refused;
import dev.hearth.token.Caller;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Token;
import dev.hearth.token.Tokens;
import dev.hearth.token.Verification;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// From a key or token to the caller it stands for. Immutable but for a cache; no I/O.
public final class Callers {

    private static final int LONGEST_KEY_ID = 64;

    private final Tokens tokens;
    private final ProjectKeys keys;
    private final Map<String, Caller> keyCallers = new ConcurrentHashMap<>();

    /// @param tokens verifies JWTs
    /// @param keys knows the project's keys
    public Callers(Tokens tokens, ProjectKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /// What became of a key or token.
    sealed interface Checked {
        /// It stands for a caller.
        record Good(Caller caller) implements Checked {}

        /// It does not do.
        record Refused(TokenProblem problem) implements Checked {}
    }

    /// The caller of a handshake's key: a project key of either generation, or any valid token.
    Checked ofKey(String sent) {
        String key = clean(sent);
        Optional<ProjectKeys.Match> match = keys.match(key);
        if (match.isPresent() && !match.get().legacy()) {
            return new Good(
                    keyCallers.computeIfAbsent(match.get().role(), role -> Caller.ofRole(role)));
        }
        return ofToken(key);
    }

    /// The caller of a token that came with an HTTP request; empty when it does not do.
    public Optional<Caller> ofBearer(String token) {
        return ofToken(token) instanceof Good(Caller caller)
                ? Optional.of(caller)
                : Optional.empty();
    }

    /// The caller of a token.
    Checked ofToken(String sent) {
        return switch (tokens.verify(clean(sent))) {
            case Verification.Verified(Token token) -> verified(token);
            case Verification.Malformed _ -> new Refused(new TokenProblem.Malformed());
            case Verification.UnsupportedAlgorithm _ ->
                    new Refused(new TokenProblem.NoSigner(Optional.empty()));
            case Verification.UnknownKey(var id, _) ->
                    new Refused(
                            new TokenProblem.NoSigner(
                                    id.map(
                                            text ->
                                                    text.substring(
                                                            0,
                                                            Math.min(
                                                                    text.length(),
                                                                    LONGEST_KEY_ID)))));
            case Verification.BadSignature _ -> new Refused(new TokenProblem.BadSignature());
            case Verification.Expired(_, var since) -> new Refused(new TokenProblem.Expired(since));
            case Verification.NotValid _ -> new Refused(new TokenProblem.NotValid());
        };
    }

    private static Checked verified(Token token) {
        Optional<String> role = token.role();
        return role.isPresent() && token.expiresAt().isPresent()
                ? new Good(token.caller(role.get()))
                : new Refused(new TokenProblem.MissingClaims());
    }

    /// Upstream takes tokens that were percent-encoded, and drops white space.
    private static String clean(String sent) {
        String text = sent.replaceAll("\\s", "");
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}

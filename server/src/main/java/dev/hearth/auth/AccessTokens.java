package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.auth.Session.Method;
import dev.hearth.config.AuthConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.token.Tokens;

import java.time.Instant;
import java.util.Optional;

/// Makes access tokens and the answer that carries them (auth.md 3.4 and 3.5).
final class AccessTokens {

    private final AuthConfig config;
    private final TokenConfig tokenConfig;
    private final Tokens tokens;

    AccessTokens(AuthConfig config, TokenConfig tokenConfig, Tokens tokens) {
        this.config = config;
        this.tokenConfig = tokenConfig;
        this.tokens = tokens;
    }

    /// What a client gets when a session is opened or refreshed.
    ObjectNode sessionJson(User user, Session session, String refreshToken, Instant now) {
        long issued = now.getEpochSecond();
        long expires = expiry(user, session, now).getEpochSecond();
        ObjectNode json = Json.object();
        json.put("access_token", tokens.sign(claims(user, session, issued, expires)));
        json.put("token_type", "bearer");
        json.put("expires_in", expires - issued);
        json.put("expires_at", expires);
        json.put("refresh_token", refreshToken);
        json.set("user", user.json());
        return json;
    }

    /// A session without the second factor that its user has lives no longer than it may be
    /// refreshed.
    private Instant expiry(User user, Session session, Instant now) {
        Instant usual = now.plus(tokenConfig.lifetime());
        if (!user.hasVerifiedFactor() || session.achievedAssurance().equals("aal2")) {
            return usual;
        }
        return config.sessions()
                .lowAssurance()
                .map(limit -> session.createdAt().plus(limit))
                .filter(usual::isAfter)
                .orElse(usual);
    }

    private ObjectNode claims(User user, Session session, long issued, long expires) {
        ObjectNode claims = Json.object();
        if (!tokenConfig.issuer().isEmpty()) {
            claims.put("iss", tokenConfig.issuer());
        }
        claims.put("sub", user.id().toString());
        claims.put("aud", user.audience());
        claims.put("exp", expires);
        claims.put("iat", issued);
        claims.put("email", user.email());
        claims.put("phone", user.phone());
        claims.set("app_metadata", user.appMetadata());
        claims.set("user_metadata", user.userMetadata());
        claims.put("role", user.role());
        claims.put("aal", session.achievedAssurance());
        claims.set("amr", methods(user, session));
        claims.put("session_id", session.id().toString());
        claims.put("is_anonymous", user.anonymous());
        return claims;
    }

    private static ArrayNode methods(User user, Session session) {
        ArrayNode methods = Json.object().arrayNode();
        for (Method method : session.methods()) {
            ObjectNode item = methods.addObject();
            item.put("method", method.name());
            item.put("timestamp", method.seconds());
            if (method.name().equals("sso/saml")) {
                provider(user).ifPresent(provider -> item.put("provider", provider));
            }
        }
        return methods;
    }

    /// The id of the provider behind a user of single sign-on, who has one identity only.
    private static Optional<String> provider(User user) {
        return Optional.of(user.identities())
                .filter(identities -> identities.size() == 1)
                .map(identities -> identities.get(0).path("provider").asText())
                .filter(provider -> provider.startsWith("sso:"))
                .map(provider -> provider.substring("sso:".length()));
    }
}

package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.AuthConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.token.Tokens;

import java.util.List;

/// What auth says of itself to anybody: settings, health and public keys (auth.md 4.9). No I/O.
final class Facts {

    /// The version of supabase/auth that is mirrored: tools read it.
    private static final String VERSION = "v2.196.0";

    private static final String CACHED = "public, max-age=600";

    private static final List<String> EXTERNAL =
            List.of(
                    "apple",
                    "azure",
                    "bitbucket",
                    "discord",
                    "facebook",
                    "snapchat",
                    "figma",
                    "fly",
                    "github",
                    "gitlab",
                    "google",
                    "keycloak",
                    "kakao",
                    "linkedin",
                    "linkedin_oidc",
                    "notion",
                    "spotify",
                    "slack",
                    "slack_oidc",
                    "workos",
                    "twitch",
                    "twitter",
                    "email",
                    "phone",
                    "zoom");

    private final AuthConfig config;
    private final TokenConfig tokenConfig;
    private final Tokens tokens;

    Facts(AuthConfig config, TokenConfig tokenConfig, Tokens tokens) {
        this.config = config;
        this.tokenConfig = tokenConfig;
        this.tokens = tokens;
    }

    /// What is on; all that is not built is off.
    Answer settings() {
        ObjectNode settings = Json.object();
        ObjectNode external = settings.putObject("external");
        external.put("anonymous_users", config.anonymousUsers());
        EXTERNAL.forEach(provider -> external.put(provider, false));
        settings.put("disable_signup", config.signupDisabled());
        settings.put("mailer_autoconfirm", false);
        settings.put("phone_autoconfirm", false);
        settings.put("sms_provider", "");
        settings.put("saml_enabled", false);
        settings.put("saml_private_key_next_configured", false);
        settings.put("passkeys_enabled", false);
        return Json.answer(200, settings);
    }

    Answer health() {
        ObjectNode health = Json.object();
        health.put("version", VERSION);
        health.put("name", "GoTrue");
        health.put("description", "GoTrue is a user registration and authentication API");
        return Json.answer(200, health);
    }

    Answer keySet() {
        return Json.answer(200, tokens.keySet()).with("Cache-Control", CACHED);
    }

    Answer openIdConfiguration() {
        String issuer = tokenConfig.issuer();
        String base = issuer.replaceFirst("/+$", "");
        ObjectNode facts = Json.object();
        facts.put("issuer", issuer);
        facts.put("authorization_endpoint", base + "/oauth/authorize");
        facts.put("token_endpoint", base + "/oauth/token");
        facts.put("jwks_uri", base + "/.well-known/jwks.json");
        facts.put("userinfo_endpoint", base + "/oauth/userinfo");
        list(facts, "scopes_supported", "openid", "profile", "email", "phone", "offline_access");
        list(facts, "response_types_supported", "code");
        list(facts, "response_modes_supported", "query");
        list(facts, "grant_types_supported", "authorization_code", "refresh_token");
        list(facts, "subject_types_supported", "public");
        list(facts, "id_token_signing_alg_values_supported", "RS256", "HS256", "ES256");
        list(
                facts,
                "token_endpoint_auth_methods_supported",
                "client_secret_basic",
                "client_secret_post",
                "none");
        list(
                facts,
                "claims_supported",
                "sub",
                "aud",
                "iss",
                "exp",
                "iat",
                "auth_time",
                "nonce",
                "email",
                "email_verified",
                "phone_number",
                "phone_number_verified",
                "name",
                "picture",
                "preferred_username",
                "updated_at");
        list(facts, "code_challenge_methods_supported", "S256", "plain");
        return Json.answer(200, facts).with("Cache-Control", CACHED);
    }

    private static void list(ObjectNode facts, String name, String... values) {
        var array = facts.putArray(name);
        List.of(values).forEach(array::add);
    }
}

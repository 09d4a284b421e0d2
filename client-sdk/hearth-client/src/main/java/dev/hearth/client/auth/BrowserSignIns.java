package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sign-ins by way of a browser: the address that it goes to, and the one that it comes back with,
/// which holds a code, a session or an error. Mirrors auth-js 2.119 `_getUrlForProvider`,
/// `_exchangeCodeForSession` and `_getSessionFromURL`. Safe for any thread.
final class BrowserSignIns {

    private final Calls calls;
    private final Sessions sessions;
    private final SessionAnswers answers;
    private final Verifiers verifiers;
    private final String address;

    /// @param address of the server
    BrowserSignIns(
            Calls calls,
            Sessions sessions,
            SessionAnswers answers,
            Verifiers verifiers,
            String address) {
        this.calls = calls;
        this.sessions = sessions;
        this.answers = answers;
        this.verifiers = verifiers;
        this.address = address;
    }

    /// Where the user signs in with an account elsewhere.
    OAuthUrl withOAuth(OAuthCredentials credentials) {
        Verifiers.Flow flow = verifiers.begin(false);
        HttpRequest page = credentials.in(Calls.get("/authorize"), challenge(flow));
        return new OAuthUrl(credentials.provider(), URI.create(address + page.target()), flow.id());
    }

    /// Where the user who is signed in adds an account elsewhere.
    OAuthUrl link(OAuthCredentials credentials) {
        Session session = sessions.needed();
        return verifiers.inFlow(
                false,
                flow -> {
                    HttpRequest request =
                            credentials
                                    .in(Calls.get("/user/identities/authorize"), challenge(flow))
                                    .query("skip_http_redirect", "true");
                    JsonNode answer = calls.ask(Calls.as(session.accessToken(), request));
                    return new OAuthUrl(credentials.provider(), Calls.url(answer), flow.id());
                });
    }

    private static Map<String, String> challenge(Verifiers.Flow flow) {
        var fields = new LinkedHashMap<String, String>();
        flow.fields()
                .forEach(
                        (name, value) -> {
                            if (value != null) {
                                fields.put(name, value);
                            }
                        });
        return fields;
    }

    /// Signs in with the code that came back.
    AuthResponse exchange(String code, Optional<String> flow) {
        Form.needed("code", code);
        Optional<Verifiers.Kept> kept = verifiers.find(flow);
        if (kept.isEmpty() && verifiers.areNeeded()) {
            throw AuthException.local(
                    "there is no code verifier for this code",
                    AuthErrorCode.PKCE_CODE_VERIFIER_NOT_FOUND);
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("auth_code", code);
        body.put("code_verifier", kept.map(Verifiers.Kept::verifier).orElse(""));
        Optional<String> type = kept.flatMap(Verifiers.Kept::type);
        try {
            AuthResponse response = answers.certain(answers.token("pkce", body), signedInBy(type));
            return new AuthResponse(
                    response.user(), response.session(), response.weakPassword(), type);
        } finally {
            verifiers.end(flow);
        }
    }

    /// Signs in with the whole address that came back.
    AuthResponse fromUrl(URI url) {
        Map<String, String> parameters = parameters(url);
        if (parameters.containsKey("error")
                || parameters.containsKey("error_code")
                || parameters.containsKey("error_description")) {
            throw AuthException.local(
                    parameters.getOrDefault(
                            "error_description", "the sign-in failed without a reason"),
                    parameters.getOrDefault(
                            "error_code", parameters.getOrDefault("error", "unknown")));
        }
        if (parameters.containsKey("code")) {
            return exchange(
                    parameters.getOrDefault("code", ""),
                    Optional.ofNullable(parameters.get("sb_flow_id")));
        }
        return implicit(parameters);
    }

    private AuthResponse implicit(Map<String, String> parameters) {
        if (verifiers.areNeeded()) {
            throw AuthException.local(
                    "the address holds no code, and a client with FlowType.PKCE takes nothing else",
                    AuthErrorCode.INVALID_REDIRECT);
        }
        for (String name : List.of("access_token", "refresh_token", "expires_in", "token_type")) {
            if (parameters.getOrDefault(name, "").isEmpty()) {
                throw AuthException.local(
                        "the address holds no session: it has no " + name,
                        AuthErrorCode.INVALID_REDIRECT);
            }
        }
        Session session = session(parameters);
        Optional<String> type = Optional.ofNullable(parameters.get("type"));
        sessions.begin(session, signedInBy(type));
        return new AuthResponse(
                Optional.of(session.user()), Optional.of(session), Optional.empty(), type);
    }

    private Session session(Map<String, String> parameters) {
        String token = parameters.getOrDefault("access_token", "");
        JsonNode user = calls.ask(Calls.as(token, Calls.get("/user")));
        var raw = new LinkedHashMap<String, @Nullable Object>();
        for (String name : List.of("provider_token", "provider_refresh_token", "access_token")) {
            if (parameters.containsKey(name)) {
                raw.put(name, parameters.get(name));
            }
        }
        raw.put("expires_in", seconds(parameters.getOrDefault("expires_in", "")));
        raw.put(
                "expires_at",
                parameters.containsKey("expires_at")
                        ? seconds(parameters.getOrDefault("expires_at", ""))
                        : Jwt.parse(token).claims().path("exp").asLong());
        raw.put("refresh_token", parameters.get("refresh_token"));
        raw.put("token_type", parameters.get("token_type"));
        raw.put("user", Fields.map(user));
        return new Session(raw);
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw AuthException.local(
                    "the address holds no session: its times are no numbers",
                    AuthErrorCode.INVALID_REDIRECT);
        }
    }

    /// Those of the query and, where it has none of that name, of the fragment.
    private static Map<String, String> parameters(URI url) {
        var found = new LinkedHashMap<String, String>();
        for (String part : new String[] {url.getRawFragment(), url.getRawQuery()}) {
            for (String pair : part == null ? new String[0] : part.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    found.put(
                            decoded(pair.substring(0, equals)),
                            decoded(pair.substring(equals + 1)));
                }
            }
        }
        return found;
    }

    private static AuthChangeEvent signedInBy(Optional<String> type) {
        return type.filter("recovery"::equals).isPresent()
                ? AuthChangeEvent.PASSWORD_RECOVERY
                : AuthChangeEvent.SIGNED_IN;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

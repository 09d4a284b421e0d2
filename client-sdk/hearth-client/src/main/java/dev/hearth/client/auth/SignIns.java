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
import java.util.function.Function;

/// The ways to sign in, as auth-js 2.119 `GoTrueClient.ts` puts them on the wire. Safe for any
/// thread.
final class SignIns {

    private static final String SECURITY = "gotrue_meta_security";

    private final Calls calls;
    private final Sessions sessions;
    private final Verifiers verifiers;
    private final FlowType flowType;
    private final String address;

    SignIns(
            Calls calls,
            Sessions sessions,
            Verifiers verifiers,
            FlowType flowType,
            String address) {
        this.calls = calls;
        this.sessions = sessions;
        this.verifiers = verifiers;
        this.flowType = flowType;
        this.address = address;
    }

    AuthResponse anonymously(Form form) {
        var body = new LinkedHashMap<String, Object>();
        body.put("data", form.get("data", Map.of()));
        body.put(SECURITY, form.security());
        return signedIn(calls.ask(calls.post("/signup", body)), AuthChangeEvent.SIGNED_IN);
    }

    AuthResponse signUp(Form form) {
        if (form.has("phone")) {
            var body = fields(form, "phone", "password");
            body.put("data", form.get("data", Map.of()));
            body.put("channel", form.get("channel", "sms"));
            body.put(SECURITY, form.security());
            return signedIn(calls.ask(calls.post("/signup", body)), AuthChangeEvent.SIGNED_IN);
        }
        return inFlow(
                false,
                flow -> {
                    var body = fields(form, "email", "password");
                    body.put("data", form.get("data", Map.of()));
                    body.put(SECURITY, form.security());
                    body.putAll(flow.fields());
                    HttpRequest request = Calls.to(form.redirectTo(), calls.post("/signup", body));
                    return signedIn(calls.ask(request), AuthChangeEvent.SIGNED_IN);
                });
    }

    AuthResponse withPassword(Form form) {
        var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
        body.put(SECURITY, form.security());
        return certain(token("password", body), AuthChangeEvent.SIGNED_IN);
    }

    OtpResponse withOtp(Form form) {
        boolean byPhone = form.has("phone");
        var body = fields(form, byPhone ? "phone" : "email");
        body.put("data", form.get("data", Map.of()));
        body.put("create_user", form.get("create_user", true));
        body.put(SECURITY, form.security());
        if (byPhone) {
            body.put("channel", form.get("channel", "sms"));
            return sent(calls.ask(calls.post("/otp", body)));
        }
        return inFlow(
                false,
                flow -> {
                    body.putAll(flow.fields());
                    return sent(calls.ask(Calls.to(form.redirectTo(), calls.post("/otp", body))));
                });
    }

    AuthResponse verify(Form form) {
        var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
        body.put(SECURITY, form.security());
        boolean recovery = "recovery".equals(form.get("type", ""));
        return signedIn(
                calls.ask(Calls.to(form.redirectTo(), calls.post("/verify", body))),
                recovery ? AuthChangeEvent.PASSWORD_RECOVERY : AuthChangeEvent.SIGNED_IN);
    }

    OtpResponse resend(Form form) {
        if (form.has("phone")) {
            var body = fields(form, "phone", "type");
            body.put(SECURITY, form.security());
            return sent(calls.ask(calls.post("/resend", body)));
        }
        return inFlow(
                false,
                flow -> {
                    var body = fields(form, "email", "type");
                    body.put(SECURITY, form.security());
                    body.putAll(flow.fields());
                    return sent(
                            calls.ask(Calls.to(form.redirectTo(), calls.post("/resend", body))));
                });
    }

    void resetPassword(Form form) {
        var unused =
                inFlow(
                        true,
                        flow -> {
                            var body = fields(form, "email");
                            body.putAll(flow.fields());
                            body.put(SECURITY, form.security());
                            return calls.send(
                                    Calls.to(form.redirectTo(), calls.post("/recover", body)));
                        });
    }

    OAuthUrl withOAuth(OAuthCredentials credentials) {
        Verifiers.Flow flow = flow(false);
        HttpRequest page = credentials.in(Calls.get("/authorize"), challenge(flow));
        return new OAuthUrl(credentials.provider(), URI.create(address + page.target()), flow.id());
    }

    OAuthUrl link(OAuthCredentials credentials) {
        Session session = sessions.needed();
        Verifiers.Flow flow = flow(false);
        HttpRequest request =
                credentials
                        .in(Calls.get("/user/identities/authorize"), challenge(flow))
                        .query("skip_http_redirect", "true");
        try {
            JsonNode answer = calls.ask(Calls.as(session.accessToken(), request));
            return new OAuthUrl(credentials.provider(), url(answer), flow.id());
        } catch (RuntimeException e) {
            flow.id().ifPresent(id -> verifiers.end(Optional.of(id)));
            throw e;
        }
    }

    URI withSso(Form form) {
        return inFlow(
                false,
                flow -> {
                    var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
                    if (form.redirectTo() != null) {
                        body.put("redirect_to", form.redirectTo());
                    }
                    if (!form.security().isEmpty()) {
                        body.put(SECURITY, form.security());
                    }
                    body.put("skip_http_redirect", true);
                    body.putAll(flow.fields());
                    return url(calls.ask(calls.post("/sso", body)));
                });
    }

    private static URI url(JsonNode answer) {
        try {
            return URI.create(answer.path("url").asText(""));
        } catch (IllegalArgumentException e) {
            throw AuthException.local(
                    "the server sent an address that is none", AuthErrorCode.UNEXPECTED_FAILURE);
        }
    }

    AuthResponse withIdToken(Form form) {
        return certain(token("id_token", idToken(form, false)), AuthChangeEvent.SIGNED_IN);
    }

    AuthResponse linkIdToken(Form form) {
        HttpRequest request = token("id_token", idToken(form, true));
        return certain(
                Calls.as(sessions.needed().accessToken(), request), AuthChangeEvent.USER_UPDATED);
    }

    private static Map<String, @Nullable Object> idToken(Form form, boolean link) {
        var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
        if (link) {
            body.put("link_identity", true);
        }
        body.put(SECURITY, form.security());
        return body;
    }

    AuthResponse exchange(String code, Optional<String> flow) {
        Optional<Verifiers.Kept> kept = verifiers.find(flow);
        if (kept.isEmpty() && flowType == FlowType.PKCE) {
            throw AuthException.local(
                    "there is no code verifier for this code",
                    AuthErrorCode.PKCE_CODE_VERIFIER_NOT_FOUND);
        }
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("auth_code", code);
        body.put("code_verifier", kept.map(Verifiers.Kept::verifier).orElse(""));
        Optional<String> type = kept.flatMap(Verifiers.Kept::type);
        try {
            AuthResponse response = certain(token("pkce", body), signedInBy(type));
            return new AuthResponse(
                    response.user(), response.session(), response.weakPassword(), type);
        } finally {
            verifiers.end(flow);
        }
    }

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
        if (flowType == FlowType.PKCE) {
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

    private HttpRequest token(String grant, Map<String, ? extends @Nullable Object> body) {
        return calls.post("/token", body).query("grant_type", grant);
    }

    /// Keeps the session of an answer, if there is one.
    private AuthResponse signedIn(JsonNode answer, AuthChangeEvent event) {
        Optional<Session> session = sessions.session(answer);
        session.ifPresent(begun -> sessions.begin(begun, event));
        JsonNode user = answer.path("user").isObject() ? answer.path("user") : answer;
        return new AuthResponse(
                user.path("id").isTextual()
                        ? Optional.of(new User(Fields.map(user)))
                        : Optional.empty(),
                session,
                weakPassword(answer.path("weak_password")),
                Optional.empty());
    }

    /// The same where an answer without a session is none.
    private AuthResponse certain(HttpRequest request, AuthChangeEvent event) {
        AuthResponse response = signedIn(calls.ask(request), event);
        if (response.session().isEmpty()) {
            throw AuthException.local(
                    "the server answered without a session", AuthErrorCode.UNEXPECTED_FAILURE);
        }
        return response;
    }

    private static Optional<WeakPassword> weakPassword(JsonNode node) {
        Map<String, @Nullable Object> raw = Fields.map(node);
        List<String> reasons = Fields.texts(raw, "reasons");
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new WeakPassword(Fields.text(raw, "message").orElse(""), reasons));
    }

    private static OtpResponse sent(JsonNode answer) {
        return new OtpResponse(Fields.text(Fields.map(answer), "message_id"));
    }

    private static Map<String, @Nullable Object> fields(Form form, String... names) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        for (String name : names) {
            body.put(name, form.get(name, ""));
        }
        return body;
    }

    private Verifiers.Flow flow(boolean recovery) {
        return flowType == FlowType.PKCE ? verifiers.begin(recovery) : Verifiers.none();
    }

    /// Makes a call with a code challenge, which is forgotten when the call fails.
    <T> T inFlow(boolean recovery, Function<Verifiers.Flow, T> call) {
        Verifiers.Flow flow = flow(recovery);
        try {
            return call.apply(flow);
        } catch (RuntimeException e) {
            flow.id().ifPresent(id -> verifiers.end(Optional.of(id)));
            throw e;
        }
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

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

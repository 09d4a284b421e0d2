package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ways to sign in that need no browser to come back, and the letters around them, as auth-js
/// 2.119 `GoTrueClient.ts` puts them on the wire. Safe for any thread.
final class SignIns {

    private static final String SECURITY = "gotrue_meta_security";

    private final Calls calls;
    private final Sessions sessions;
    private final SessionAnswers answers;
    private final Verifiers verifiers;

    SignIns(Calls calls, Sessions sessions, SessionAnswers answers, Verifiers verifiers) {
        this.calls = calls;
        this.sessions = sessions;
        this.answers = answers;
        this.verifiers = verifiers;
    }

    AuthResponse anonymously(Form form) {
        var body = new LinkedHashMap<String, Object>();
        body.put("data", form.get("data", Map.of()));
        body.put(SECURITY, form.security());
        return answers.signedIn(calls.ask(calls.post("/signup", body)), AuthChangeEvent.SIGNED_IN);
    }

    AuthResponse signUp(Form form) {
        if (form.has("phone")) {
            var body = fields(form, "phone", "password");
            body.put("data", form.get("data", Map.of()));
            body.put("channel", form.get("channel", "sms"));
            body.put(SECURITY, form.security());
            return answers.signedIn(
                    calls.ask(calls.post("/signup", body)), AuthChangeEvent.SIGNED_IN);
        }
        return verifiers.inFlow(
                false,
                flow -> {
                    var body = fields(form, "email", "password");
                    body.put("data", form.get("data", Map.of()));
                    body.put(SECURITY, form.security());
                    body.putAll(flow.fields());
                    HttpRequest request = Calls.to(form.redirectTo(), calls.post("/signup", body));
                    return answers.signedIn(calls.ask(request), AuthChangeEvent.SIGNED_IN);
                });
    }

    AuthResponse withPassword(Form form) {
        var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
        body.put(SECURITY, form.security());
        return answers.certain(answers.token("password", body), AuthChangeEvent.SIGNED_IN);
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
        return verifiers.inFlow(
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
        return answers.signedIn(
                calls.ask(Calls.to(form.redirectTo(), calls.post("/verify", body))),
                recovery ? AuthChangeEvent.PASSWORD_RECOVERY : AuthChangeEvent.SIGNED_IN);
    }

    OtpResponse resend(Form form) {
        if (form.has("phone")) {
            var body = fields(form, "phone", "type");
            body.put(SECURITY, form.security());
            return sent(calls.ask(calls.post("/resend", body)));
        }
        return verifiers.inFlow(
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
                verifiers.inFlow(
                        true,
                        flow -> {
                            var body = fields(form, "email");
                            body.putAll(flow.fields());
                            body.put(SECURITY, form.security());
                            return calls.send(
                                    Calls.to(form.redirectTo(), calls.post("/recover", body)));
                        });
    }

    URI withSso(Form form) {
        return verifiers.inFlow(
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
                    return Calls.url(calls.ask(calls.post("/sso", body)));
                });
    }

    AuthResponse withIdToken(Form form) {
        return answers.certain(
                answers.token("id_token", idToken(form, false)), AuthChangeEvent.SIGNED_IN);
    }

    AuthResponse linkIdToken(Form form) {
        HttpRequest request = answers.token("id_token", idToken(form, true));
        return answers.certain(
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
}

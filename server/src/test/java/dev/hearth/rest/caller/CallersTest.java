package dev.hearth.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.RestConfig;
import dev.hearth.config.TestSettings;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestClock;
import dev.hearth.token.Caller;
import dev.hearth.token.VerificationKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class CallersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final String HEADER = "{\"alg\":\"HS256\"}";
    private static final String OTHER_SECRET = "another-secret-with-more-than-32-characters";
    private static final VerificationKeys KEYS =
            VerificationKeys.of(TestSettings.developmentConfig().token());
    private static final String SECRET =
            TestSettings.developmentConfig().token().jwtSecret().value();

    private final TestClock clock = new TestClock(NOW);

    private Callers callers(String... settings) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new Callers(RestConfig.from(TestSettings.of(map), false), KEYS, clock);
    }

    private Caller ask(String claims, String... settings) {
        return callers(settings).of(new Credential.Bearer(token(claims)));
    }

    /// A token with these claims, `'` standing for `"` and `$+5` for five seconds from now.
    private static String token(String claims) {
        return signed(HEADER, written(claims), SECRET);
    }

    private static String written(String claims) {
        return java.util.regex.Pattern.compile("\\$([+-][0-9]+)")
                .matcher(claims.replace('\'', '"'))
                .replaceAll(match -> "" + (SECOND + Long.parseLong(match.group(1))));
    }

    private static String signed(String header, String payload, String secret) {
        String signed = encode(bytes(header)) + "." + encode(bytes(payload));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(bytes(signed)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(
            Callers callers, String token, String code, String message, Optional<String> details) {
        assertThatThrownBy(() -> callers.of(new Credential.Bearer(token)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            var problem = (CallerProblem) refusal.problem();
                            assertThat(problem.status()).isEqualTo(401);
                            assertThat(problem.code()).isEqualTo(code);
                            assertThat(problem.message()).isEqualTo(message);
                            assertThat(problem.details()).isEqualTo(details);
                            assertThat(problem.hint()).isEmpty();
                            assertThat(problem.challenge())
                                    .contains(
                                            "Bearer error=\"invalid_token\", error_description=\""
                                                    + message
                                                    + "\"");
                        });
    }

    private void assertUnbelievable(String token, String message) {
        assertRefused(callers(), token, "PGRST301", message, Optional.empty());
    }

    @Test
    void aTokenBecomesItsRoleAndClaims() {
        Caller caller = ask("{'sub':'ann','role':'editor','exp':$+60,'n':1.5}");

        assertThat(caller.role()).isEqualTo("editor");
        assertThat(caller.claims())
                .isEqualTo(written("{'sub':'ann','role':'editor','exp':$+60,'n':1.5}"));
        assertThat(caller.expiresAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void aTokenWithoutARoleIsAnonymous() {
        assertThat(ask("{'sub':'ann'}").role()).isEqualTo("anon");
        assertThat(ask("{'sub':'ann'}").claims()).isEqualTo("{\"sub\":\"ann\",\"role\":\"anon\"}");
    }

    @Test
    void nobodyIsAnonymous() {
        Caller caller = callers("PGRST_DB_ANON_ROLE", "we\"b").of(new Credential.None());

        assertThat(caller)
                .isEqualTo(new Caller("we\"b", "{\"role\":\"we\\\"b\"}", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anon", "service_role"})
    void aProjectKeyStandsForItsRole(String role) {
        assertThat(callers().of(new Credential.ProjectKey(role))).isEqualTo(Caller.ofRole(role));
    }

    @Test
    void withoutAnAnonymousRoleARoleIsRequired() {
        Callers callers = callers("PGRST_DB_ANON_ROLE", "");

        assertThatThrownBy(() -> callers.of(new Credential.None()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            var problem = (CallerProblem) refusal.problem();
                            assertThat(problem.status()).isEqualTo(401);
                            assertThat(problem.code()).isEqualTo("PGRST302");
                            assertThat(problem.message()).isEqualTo("Anonymous access is disabled");
                            assertThat(problem.challenge()).contains("Bearer");
                        });
        assertThatThrownBy(() -> callers.of(new Credential.Bearer(token("{'sub':'ann'}"))))
                .hasMessage("Anonymous access is disabled");
        assertThat(callers.of(new Credential.Bearer(token("{'role':'editor'}"))).role())
                .isEqualTo("editor");
    }

    @Test
    void withoutAKeyNoTokenIsBelieved() {
        var callers =
                new Callers(
                        RestConfig.from(TestSettings.of(Map.of()), false),
                        VerificationKeys.NONE,
                        clock);

        assertThatThrownBy(() -> callers.of(new Credential.Bearer(token("{}"))))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            var problem = (CallerProblem) refusal.problem();
                            assertThat(problem.status()).isEqualTo(500);
                            assertThat(problem.code()).isEqualTo("PGRST300");
                            assertThat(problem.message()).isEqualTo("Server lacks JWT secret");
                            assertThat(problem.challenge()).isEmpty();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "Bearer "})
    void anEmptyTokenInTheHeaderIsRefusedEvenBesideAKey(String header) {
        var request =
                new Request(
                        RequestLine.of(Method.GET, "/"),
                        Map.of(),
                        new Headers(Map.of("Authorization", List.of(header))),
                        new Credential.ProjectKey("anon"),
                        InetAddress.getLoopbackAddress(),
                        "request-1",
                        new NoBody());

        assertThatThrownBy(() -> callers().of(request))
                .hasMessage("Empty JWT is sent in Authorization header");
    }

    private record NoBody() implements Request.Body {
        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public byte[] bytes() {
            return new byte[0];
        }
    }

    @Test
    void refusesAnEmptyToken() {
        assertUnbelievable("", "Empty JWT is sent in Authorization header");
    }

    @ParameterizedTest
    @CsvSource({"a,1", "a.b,2", "a.b.c.d,4", "a.b.c.d.e,5", "..,3"})
    void refusesATokenOfAnotherNumberOfParts(String token, int parts) {
        assertUnbelievable(
                token,
                parts == 3
                        ? "JWT cryptographic operation failed"
                        : "Expected 3 parts in JWT; got " + parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quifquirndsjagnrgniur.fonvoienqhhdj.iuqvnvhojah",
                "e30.e30.e30",
                "!.e30.e30",
                "eyJhbGciOiJIUzI1NiJ9.!.e30",
                "eyJhbGciOiJIUzI1NiJ9.e30.!",
                "eyJhbGciOiJIUzI1NiJ9.e30=.e30"
            })
    void refusesATokenThatCannotBeRead(String token) {
        assertUnbelievable(token, "JWT cryptographic operation failed");
    }

    @Test
    void refusesAnUnsignedToken() {
        assertRefused(
                callers(),
                encode(bytes("{\"alg\":\"none\"}")) + ".e30.",
                "PGRST301",
                "Wrong or unsupported encoding algorithm",
                Optional.of("JWT is unsecured but expected 'alg' was not 'none'"));
    }

    @Test
    void refusesATokenForWhichThereIsNoKey() {
        assertRefused(
                callers(),
                signed("{\"alg\":\"RS256\",\"kid\":\"unknown\"}", "{}", SECRET),
                "PGRST301",
                "No suitable key or wrong key type",
                Optional.of("No suitable key was found to decode the JWT"));
    }

    @Test
    void refusesAForgedToken() {
        assertRefused(
                callers(),
                signed(HEADER, "{\"role\":\"service_role\"}", OTHER_SECRET),
                "PGRST301",
                "No suitable key or wrong key type",
                Optional.of("None of the keys was able to decode the JWT"));
    }

    @Test
    void theSettingsMayAddAKey() {
        String token = signed(HEADER, "{\"role\":\"editor\"}", OTHER_SECRET);
        Callers callers = callers("PGRST_JWT_SECRET", OTHER_SECRET);

        assertThat(callers.of(new Credential.Bearer(token)).role()).isEqualTo("editor");
        assertThat(callers.of(new Credential.Bearer(token("{}"))).role()).isEqualTo("anon");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"exp\":$-31}' | JWT expired",
                "'{\"exp\":0}' | JWT expired",
                "'{\"exp\":-1e400}' | JWT expired",
                "'{\"nbf\":$+31}' | JWT not yet valid",
                "'{\"nbf\":1e400}' | JWT not yet valid",
                "'{\"iat\":$+31}' | JWT issued at future",
                "'{\"exp\":\"1\"}' | The JWT 'exp' claim must be a number",
                "'{\"nbf\":true}' | The JWT 'nbf' claim must be a number",
                "'{\"iat\":{}}' | The JWT 'iat' claim must be a number",
                "'{\"aud\":1}' | The JWT 'aud' claim must be a string or an array of strings",
                "'{\"aud\":[\"a\",1]}' | The JWT 'aud' claim must be a string or an array of"
                        + " strings",
                "'{\"aud\":{}}' | The JWT 'aud' claim must be a string or an array of strings",
                "'[]' | Parsing claims failed",
                "'{' | Parsing claims failed",
                "'1' | Parsing claims failed",
                // The first in upstream's order wins.
                "'{\"aud\":1,\"iat\":\"x\",\"nbf\":\"x\",\"exp\":$-31}' | JWT expired",
                "'{\"aud\":1,\"iat\":\"x\",\"nbf\":$+31}' | JWT not yet valid"
            })
    void refusesClaimsThatDoNotHold(String claims, String message) {
        assertRefused(callers(), token(claims), "PGRST303", message, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exp':$-30}",
                "{'exp':1e400}",
                "{'exp':null,'nbf':null,'iat':null,'aud':null}",
                "{'nbf':$+30,'iat':$+30}",
                "{'nbf':-1e400}",
                "{'aud':'anything'}",
                "{'aud':[]}",
                "{'aud':['a','b']}"
            })
    void takesClaimsThatHold(String claims) {
        assertThat(ask(claims).role()).isEqualTo("anon");
    }

    @ParameterizedTest
    @CsvSource({
        "\"ours\",true",
        "'[\"theirs\",\"ours\"]',true",
        "[],true",
        "null,true",
        "\"theirs\",false",
        "[\"theirs\"],false",
        "\"\",false"
    })
    void theAudienceMustBeOurs(String audience, boolean taken) {
        String token = token("{\"aud\":" + audience + "}");
        Callers callers = callers("PGRST_JWT_AUD", "ours");

        if (taken) {
            assertThat(callers.of(new Credential.Bearer(token)).role()).isEqualTo("anon");
        } else {
            assertRefused(callers, token, "PGRST303", "JWT not in audience", Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".role | {'role':'a'} | a",
                ".role | {'role':5} | 5",
                ".role | {'role':['a']} | [\"a\"]",
                ".role | {'role':null} | null",
                ".role | {'role':true} | true",
                ".app.roles[1] | {'app':{'roles':['a','b']}} | b",
                ".app.roles[2] | {'app':{'roles':['a','b']}} | anon",
                ".app.roles | {'app':'x'} | anon",
                ".app[0] | {'app':{'0':'x'}} | anon",
                ".\"https://x.y/role\" | {'https://x.y/role':'a'} | a",
                ".r[?(@ == \"b\")] | {'r':['a','b']} | b",
                ".r[?(@ != \"a\")] | {'r':['a',1,'b','c']} | b",
                ".r[?(@ ^== \"b\")] | {'r':['ab','bc','bd']} | bc",
                ".r[?(@ ==^ \"b\")] | {'r':['ba','ab']} | ab",
                ".r[?(@ *== \"b\")] | {'r':['a','abc']} | abc",
                ".r[?(@ == \"x\")] | {'r':['a','b']} | anon",
                ".r[?(@ == \"x\")] | {'r':'x'} | anon",
            })
    void theRoleIsFoundByItsPath(String path, String claims, String role) {
        Caller caller = ask(claims, "PGRST_JWT_ROLE_CLAIM_KEY", path);

        assertThat(caller.role()).isEqualTo(role);
        assertThat(caller.claims()).contains("\"role\":\"" + role.replace("\"", "\\\"") + "\"");
    }

    @Test
    void aRememberedTokenIsTheSameCaller() {
        Callers callers = callers();
        String token = token("{'role':'editor','exp':$+60}");

        assertThat(callers.of(new Credential.Bearer(token)))
                .isSameAs(callers.of(new Credential.Bearer(token)));
    }

    @Test
    void nothingIsRememberedWhereTheSettingsSaySo() {
        Callers callers = callers("PGRST_JWT_CACHE_MAX_ENTRIES", "0");
        String token = token("{'role':'editor','exp':$+60}");

        assertThat(callers.of(new Credential.Bearer(token)))
                .isEqualTo(callers.of(new Credential.Bearer(token)))
                .isNotSameAs(callers.of(new Credential.Bearer(token)));
    }

    @Test
    void noMoreTokensAreRememberedThanTheSettingsAllow() {
        Callers callers = callers("PGRST_JWT_CACHE_MAX_ENTRIES", "2");
        for (int i = 0; i < 100; i++) {
            var _ = callers.of(new Credential.Bearer(token("{'n':" + i + "}")));
        }

        assertThat(callers.remembered()).isLessThanOrEqualTo(2);
    }

    @Test
    void aRememberedTokenExpires() {
        Callers callers = callers();
        String token = token("{'role':'editor','exp':$+60}");
        assertThat(callers.of(new Credential.Bearer(token)).role()).isEqualTo("editor");

        clock.forward(Duration.ofSeconds(90));
        assertThat(callers.of(new Credential.Bearer(token)).role()).isEqualTo("editor");
        clock.forward(Duration.ofSeconds(1));
        assertRefused(callers, token, "PGRST303", "JWT expired", Optional.empty());
    }

    @Test
    void aRefusedTokenIsNotRemembered() {
        Callers callers = callers();
        String token = token("{'role':'editor','nbf':$+60}");
        assertRefused(callers, token, "PGRST303", "JWT not yet valid", Optional.empty());

        clock.forward(Duration.ofSeconds(30));
        assertThat(callers.of(new Credential.Bearer(token)).role()).isEqualTo("editor");
    }

    @Test
    void anotherSignatureUnderRememberedClaimsIsRefused() {
        Callers callers = callers();
        String token = token("{'role':'editor'}");
        var _ = callers.of(new Credential.Bearer(token));

        assertThatThrownBy(
                        () ->
                                callers.of(
                                        new Credential.Bearer(
                                                signed(
                                                        HEADER,
                                                        written("{'role':'editor'}"),
                                                        OTHER_SECRET))))
                .hasMessage("No suitable key or wrong key type");
    }
}

package dev.hearth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.config.TokenConfig;
import dev.hearth.problem.Refusal;
import dev.hearth.token.Verification.BadSignature;
import dev.hearth.token.Verification.Expired;
import dev.hearth.token.Verification.Malformed;
import dev.hearth.token.Verification.NotValid;
import dev.hearth.token.Verification.UnknownKey;
import dev.hearth.token.Verification.UnsupportedAlgorithm;
import dev.hearth.token.Verification.Verified;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

class TokensTest {

    static final String SECRET = "test-secret-with-at-least-32-characters";
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final TestKeys KEYS = TestKeys.make();
    private static final SigningKey KEY = SigningKey.parse(KEYS.signingKey());
    private static final Tokens BY_SECRET = tokens(List.of());
    private static final Tokens BY_KEY = tokens(List.of(KEYS.signingKey()));

    /// {"sub":"ann","exp":1767326645}, signed by node:crypto with the secret.
    private static final String FROM_NODE =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJleHAiOjE3NjczMjY2NDV9."
                    + "iGlGlKhyMHUst6I6j3yaZQZVZ3AeiUwtEzGkxjZM8ww";

    static TokenConfig config(List<Secret> signingKeys) {
        return new TokenConfig(
                new Secret(SECRET),
                signingKeys,
                "http://localhost/auth/v1",
                "authenticated",
                Duration.ofHours(1),
                KEYS.anonKey(),
                KEYS.serviceRoleKey(),
                List.of(KEYS.publishableKey()),
                List.of(KEYS.secretKey()));
    }

    private static Tokens tokens(List<Secret> signingKeys) {
        return new Tokens(config(signingKeys), CLOCK);
    }

    private static ObjectNode claims() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", "ann");
        claims.put("role", "authenticated");
        claims.put("exp", NOW.getEpochSecond() + 60);
        return claims;
    }

    /// A token with this header and payload, signed with the secret.
    private static String handmade(String header, String payload) {
        String head = encode(header.getBytes(StandardCharsets.UTF_8));
        String body = encode(payload.getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                Algorithm.HMAC256(SECRET)
                        .sign(
                                head.getBytes(StandardCharsets.UTF_8),
                                body.getBytes(StandardCharsets.UTF_8));
        return head + "." + body + "." + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String withExpiry(String exp) {
        return handmade("{\"alg\":\"HS256\"}", "{\"exp\":" + exp + "}");
    }

    @Test
    void verifiesWhatItSigned() {
        for (Tokens tokens : List.of(BY_SECRET, BY_KEY)) {
            Verification verification = tokens.verify(tokens.sign(claims()));

            assertThat(verification).isInstanceOf(Verified.class);
            assertThat(((Verified) verification).token().json()).isEqualTo(claims().toString());
        }
    }

    @Test
    void signsThreePartsWithoutPadding() {
        assertThat(BY_KEY.sign(claims())).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]{86}");
    }

    @Test
    void signsWhatAnotherLibraryVerifies() {
        assertThat(JWT.require(KEY.signer()).acceptExpiresAt(Integer.MAX_VALUE).build())
                .satisfies(
                        verifier ->
                                assertThat(verifier.verify(BY_KEY.sign(claims())).getSubject())
                                        .isEqualTo("ann"));
    }

    @Test
    void verifiesATokenOfAnotherLibrary() {
        String token =
                JWT.create()
                        .withSubject("ann")
                        .withExpiresAt(NOW.plusSeconds(1))
                        .sign(Algorithm.HMAC256(SECRET));

        assertThat(BY_SECRET.verify(token)).isInstanceOf(Verified.class);
    }

    @Test
    void verifiesATokenOfNode() {
        assertThat(BY_SECRET.verify(FROM_NODE)).isInstanceOf(Verified.class);
    }

    @Test
    void verifiesTheSharedSecretBesideAKey() {
        assertThat(BY_KEY.verify(BY_SECRET.sign(claims()))).isInstanceOf(Verified.class);
    }

    @Test
    void fallsBackToTheSecretForAnUnknownKeyIdOfHs256() {
        String token = handmade("{\"alg\":\"HS256\",\"kid\":\"lost\"}", claims().toString());

        assertThat(BY_KEY.verify(token)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesAnUnknownKeyIdOfAnotherAlgorithm() {
        Tokens other = tokens(List.of(TestKeys.make().signingKey()));

        assertThat(BY_KEY.verify(other.sign(claims()))).isInstanceOf(UnknownKey.class);
    }

    @Test
    void refusesAnAlgorithmOfNoKey() {
        assertThat(BY_SECRET.verify(BY_KEY.sign(claims())))
                .isEqualTo(new UnsupportedAlgorithm("ES256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "hs256", "PS256", "dir"})
    void refusesOtherAlgorithms(String algorithm) {
        String token = handmade("{\"alg\":\"%s\"}".formatted(algorithm), claims().toString());

        assertThat(BY_KEY.verify(token)).isEqualTo(new UnsupportedAlgorithm(algorithm));
    }

    @Test
    void refusesNoneWithoutSignature() {
        String token = encode("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + ".e30.";

        assertThat(BY_KEY.verify(token)).isEqualTo(new UnsupportedAlgorithm("none"));
    }

    @Test
    void refusesThePublicKeyAsASharedSecret() {
        String head =
                encode(
                        "{\"alg\":\"HS256\",\"kid\":\"%s\"}"
                                .formatted(KEY.keyId())
                                .getBytes(StandardCharsets.UTF_8));
        String body = encode(claims().toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                Algorithm.HMAC256(KEY.publicJwk().toString())
                        .sign(
                                head.getBytes(StandardCharsets.UTF_8),
                                body.getBytes(StandardCharsets.UTF_8));

        assertThat(BY_KEY.verify(head + "." + body + "." + encode(signature)))
                .isEqualTo(new UnsupportedAlgorithm("HS256"));
    }

    @Test
    void refusesAnotherSignature() {
        String token = BY_SECRET.sign(claims());
        String other = BY_SECRET.sign(claims().put("sub", "bob"));

        assertThat(
                        BY_SECRET.verify(
                                token.substring(0, token.lastIndexOf('.'))
                                        + other.substring(other.lastIndexOf('.'))))
                .isInstanceOf(BadSignature.class);
    }

    @Test
    void refusesAnEllipticSignatureOfZeros() {
        String token = BY_KEY.sign(claims());

        assertThat(BY_KEY.verify(token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86)))
                .isInstanceOf(BadSignature.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b.c",
                "e30",
                "e30.e30",
                "e30.e30.e30.e30",
                " e30.e30.e30",
                "bnVsbA.bnVsbA.",
                "W10.W10."
            })
    void refusesWhatIsNoToken(String token) {
        assertThat(BY_SECRET.verify(token))
                .isInstanceOfAny(Malformed.class, UnsupportedAlgorithm.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", " ", "\t"})
    void doesNotStripWhitespace(String space) {
        assertThat(BY_SECRET.verify(BY_SECRET.sign(claims()) + space))
                .isNotInstanceOf(Verified.class);
    }

    @Test
    void refusesAnExpiredTokenAndSaysSince() {
        Verification verification =
                BY_SECRET.verify(withExpiry(String.valueOf(NOW.getEpochSecond() - 5)));

        assertThat(verification).isInstanceOf(Expired.class);
        assertThat(((Expired) verification).since()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void endsInTheVerySecond() {
        assertThat(BY_SECRET.verify(withExpiry(String.valueOf(NOW.getEpochSecond()))))
                .isInstanceOf(Expired.class);
    }

    @Test
    void cutsDecimalsOfTheExpiry() {
        long second = NOW.getEpochSecond();

        assertThat(BY_SECRET.verify(withExpiry(second + ".9"))).isInstanceOf(Expired.class);
        assertThat(BY_SECRET.verify(withExpiry((second + 1) + ".1"))).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1\"",
                "true",
                "[]",
                "{}",
                "1e400",
                "9223372036854775807",
                "99999999999999999999999",
                "-9223372036854775808"
            })
    void refusesAnExpiryThatIsNoTime(String exp) {
        assertThat(BY_SECRET.verify(withExpiry(exp))).isNotInstanceOf(Verified.class);
    }

    @Test
    void verifiesATokenWithoutExpiry() {
        Verification verification = BY_SECRET.verify(handmade("{\"alg\":\"HS256\"}", "{}"));

        assertThat(((Verified) verification).token().expiresAt()).isEqualTo(Optional.empty());
    }

    @Test
    void refusesATokenBeforeItsStart() {
        String token =
                handmade("{\"alg\":\"HS256\"}", "{\"nbf\":%d}".formatted(NOW.getEpochSecond() + 1));

        assertThat(BY_SECRET.verify(token)).isInstanceOf(NotValid.class);
    }

    @Test
    void keepsNumbersOfClaimsExact() {
        String token = handmade("{\"alg\":\"HS256\"}", "{\"n\":12345678901234567890.123456789}");

        assertThat(((Verified) BY_SECRET.verify(token)).token().json())
                .isEqualTo("{\"n\":12345678901234567890.123456789}");
    }

    @Test
    void givesTheCallerItsRole() {
        Token token = ((Verified) BY_SECRET.verify(BY_SECRET.sign(claims()))).token();

        assertThat(token.caller("anon").role()).isEqualTo("authenticated");
        assertThat(token.caller("anon").expiresAt()).contains(NOW.plusSeconds(60));
        assertThat(token.toString()).isEqualTo("Token[…]");
    }

    @Test
    void showsNoSecretInTheKeySet() {
        assertThat(BY_SECRET.keySet().toString()).isEqualTo("{\"keys\":[]}");
        assertThat(BY_KEY.keySet().path("keys").path(0).has("d")).isFalse();
        assertThat(BY_KEY.keySet().path("keys").path(0).path("key_ops").toString())
                .isEqualTo("[\"verify\"]");
    }

    @Test
    void refusesTwoKeysThatSign() {
        var keys = List.of(KEYS.signingKey(), TestKeys.make().signingKey());

        assertThatThrownBy(() -> tokens(keys))
                .isInstanceOf(Refusal.class)
                .hasMessage("GOTRUE_JWT_KEYS has more than one key whose key_ops has sign");
    }

    @Test
    void refusesTwoKeysWithTheSameId() {
        var keys = List.of(KEYS.signingKey(), KEYS.signingKey());

        assertThatThrownBy(() -> tokens(keys))
                .isInstanceOf(Refusal.class)
                .hasMessage("GOTRUE_JWT_KEYS has two keys with the same kid");
    }
}

package dev.hearth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys.Match;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;

/// Keys that are matched and read.
class KeysTest {

    private static final TestKeys MADE = TestKeys.make();

    private static ObjectNode jwk() throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(MADE.signingKey().value());
    }

    @Test
    void legacyKeysNameARoleAndEndInTenYears() {
        var key =
                JWT.require(Algorithm.HMAC256(MADE.jwtSecret().value()))
                        .build()
                        .verify(MADE.serviceRoleKey().value());

        assertThat(key.getClaim("role").asString()).isEqualTo("service_role");
        assertThat(key.getExpiresAtAsInstant()).hasToString("2036-01-02T03:04:05Z");
    }

    @Test
    void projectKeysAreMatchedWhole() {
        var keys = new ProjectKeys(TokensTest.config(List.of()));

        assertThat(keys.match("x")).isEmpty();
        assertThat(keys.match("")).isEmpty();
        assertThat(keys.match("sb_secret_")).isEmpty();
    }

    @Test
    void projectKeysStandForTheirRoles() {
        var config = TokensTest.config(List.of());
        var keys = new ProjectKeys(config);

        assertThat(keys.match(config.anonKey().value())).contains(new Match("anon", true));
        assertThat(keys.match(config.serviceRoleKey().value()))
                .contains(new Match("service_role", true));
        assertThat(keys.match(config.publishableKeys().getFirst().value()))
                .contains(new Match("anon", false));
        String opaque = config.secretKeys().getFirst().value();
        assertThat(keys.match(opaque)).contains(new Match("service_role", false));
        assertThat(keys.match(opaque.substring(0, opaque.length() - 1))).isEmpty();
    }

    @Test
    void aKeyWithoutPrivatePartOnlyVerifies() throws Exception {
        ObjectNode shown = jwk();
        shown.remove("d");

        assertThat(SigningKey.parse(new Secret(shown.toString())).signs()).isFalse();
    }

    @Test
    void aKeyForVerifyingDoesNotSign() throws Exception {
        ObjectNode old = jwk();
        old.putArray("key_ops").add("verify");

        assertThat(SigningKey.parse(new Secret(old.toString())).signs()).isFalse();
    }

    @Test
    void aPrivatePartOfAnotherKeyIsRefused() throws Exception {
        ObjectNode mixed = jwk();
        ObjectNode other =
                (ObjectNode) new ObjectMapper().readTree(TestKeys.make().signingKey().value());
        mixed.set("d", other.get("d"));

        assertThatThrownBy(() -> SigningKey.parse(new Secret(mixed.toString())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void rsaKeysSignFrom2048BitsOn() throws Exception {
        SigningKey key = SigningKey.parse(rsa(2048));

        assertThat(key.algorithm()).isEqualTo("RS256");
        assertThat(key.signs()).isTrue();
        assertThat(key.publicJwk().has("d")).isFalse();
        Secret small = rsa(1024);
        assertThatThrownBy(() -> SigningKey.parse(small))
                .hasMessageContaining("fewer than 2048 bits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                              | has a key whose kty is neither EC nor RSA
                    {"kty":"OKP","crv":"Ed25519"}                   | has a key whose kty is neither EC nor RSA
                    {"kty":"EC","crv":"P-384"}                      | has an EC key whose curve is not P-256
                    {"kty":"EC","crv":"P-256","x":"*","y":"AQ"}     | holds a key that cannot be read as a JWK
                    {                                               | holds a key that cannot be read as a JWK
                    """)
    void whatIsNoKeyIsRefusedByName(String jwk, String reason) {
        assertThatThrownBy(() -> SigningKey.parse(new Secret(jwk)))
                .isInstanceOf(Refusal.class)
                .hasMessage("GOTRUE_JWT_KEYS " + reason);
    }

    private static Secret rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        var pair = generator.generateKeyPair();
        var publicKey = (RSAPublicKey) pair.getPublic();
        return new Secret(
                "{\"kty\":\"RSA\",\"kid\":\"r\",\"n\":\"%s\",\"e\":\"%s\",\"d\":\"%s\"}"
                        .formatted(
                                number(publicKey.getModulus()),
                                number(publicKey.getPublicExponent()),
                                number(((RSAPrivateKey) pair.getPrivate()).getPrivateExponent())));
    }

    private static String number(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }
}

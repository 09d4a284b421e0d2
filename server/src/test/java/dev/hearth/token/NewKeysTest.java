package dev.hearth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Secret;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Instant;

class NewKeysTest {
    @Test
    void makesLegacyKeysThatItsSecretVerifies() {
        var keys = NewKeys.make(Instant.now());
        var verifier = JWT.require(Algorithm.HMAC256(keys.get("JWT_SECRET"))).build();

        assertThat(verifier.verify(keys.get("ANON_KEY")).getClaim("role").asString())
                .isEqualTo("anon");
        assertThat(verifier.verify(keys.get("SERVICE_ROLE_KEY")).getClaim("role").asString())
                .isEqualTo("service_role");
    }

    @Test
    void makesASigningKeyThatSigns() throws Exception {
        var jwk = new ObjectMapper().readTree(NewKeys.make(Instant.now()).get("JWT_KEYS")).get(0);

        assertThat(SigningKey.parse(new Secret(jwk.toString())).signs()).isTrue();
    }

    @Test
    void makesOpaqueKeysWithTheirChecksum() {
        var key = String.valueOf(NewKeys.make(Instant.now()).get("SUPABASE_SECRET_KEY"));

        assertThat(key).matches("sb_secret_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8}");
        var split = key.length() - 9;
        assertThat(key.substring(split + 1)).isEqualTo(NewKeys.checksum(key.substring(0, split)));
    }

    @Test
    void makesOthersEachTime() {
        assertThat(NewKeys.make(Instant.EPOCH).values())
                .doesNotContainAnyElementsOf(NewKeys.make(Instant.EPOCH).values());
    }

    @Test
    void writesCoordinatesInFullWidth() {
        assertThat(NewKeys.coordinate(BigInteger.ONE)).hasSize(43).startsWith("AAAA");
        assertThat(NewKeys.coordinate(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)))
                .hasSize(43);
    }
}

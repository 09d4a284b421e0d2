package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.time.HandMovedTimers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/// What a token says, checked here or by the server.
final class ClaimsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
    }

    /// A key of the server.
    private record Signer(String algorithm, KeyPair pair) {

        static Signer of(String algorithm) throws Exception {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(
                            switch (algorithm) {
                                case "ES256" -> "EC";
                                case "RS256" -> "RSA";
                                default -> "Ed25519";
                            });
            if (!algorithm.equals("EdDSA")) {
                generator.initialize(algorithm.equals("ES256") ? 256 : 2048);
            }
            return new Signer(algorithm, generator.generateKeyPair());
        }

        String token(String claims) throws Exception {
            String signed =
                    Fixture.part("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}")
                            + "."
                            + Fixture.part(claims);
            Signature signature =
                    Signature.getInstance(
                            switch (algorithm) {
                                case "ES256" -> "SHA256withECDSAinP1363Format";
                                case "RS256" -> "SHA256withRSA";
                                default -> "Ed25519";
                            });
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + text(signature.sign());
        }

        String jwks() {
            String fields;
            if (pair.getPublic() instanceof ECPublicKey key) {
                fields =
                        "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                                + text(bytes(key.getW().getAffineX(), 32))
                                + "\",\"y\":\""
                                + text(bytes(key.getW().getAffineY(), 32))
                                + "\"";
            } else if (pair.getPublic() instanceof RSAPublicKey key) {
                fields =
                        "\"kty\":\"RSA\",\"n\":\""
                                + text(bytes(key.getModulus(), 256))
                                + "\",\"e\":\""
                                + text(key.getPublicExponent().toByteArray())
                                + "\"";
            } else {
                EdECPublicKey key = (EdECPublicKey) pair.getPublic();
                byte[] point = bytes(key.getPoint().getY(), 32);
                for (int i = 0; i < 16; i++) {
                    byte other = point[i];
                    point[i] = point[31 - i];
                    point[31 - i] = other;
                }
                if (key.getPoint().isXOdd()) {
                    point[31] |= (byte) 0x80;
                }
                fields = "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + text(point) + "\"";
            }
            return "{\"keys\":[{"
                    + fields
                    + ",\"alg\":\""
                    + algorithm
                    + "\",\"kid\":\"k1\",\"use\":\"sig\"}]}";
        }

        private static byte[] bytes(BigInteger number, int length) {
            byte[] signed = number.toByteArray();
            byte[] exact = new byte[length];
            int kept = Math.min(signed.length, length);
            System.arraycopy(signed, signed.length - kept, exact, length - kept, kept);
            return exact;
        }

        private static String text(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    private static String claims(long exp) {
        return "{\"sub\":\"u1\",\"role\":\"authenticated\",\"aal\":\"aal9\",\"aud\":\"x\",\"exp\":"
                + exp
                + "}";
    }

    private static String claims() {
        return claims(HandMovedTimers.START.plusSeconds(100).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "EdDSA"})
    void checksHereWithTheServersKey(String algorithm) throws Exception {
        Signer signer = Signer.of(algorithm);
        fixture.answer(signer.jwks());

        Claims claims = auth.getClaims(signer.token(claims()));

        assertThat(claims.subject()).isEqualTo("u1");
        assertThat(claims.audience()).containsExactly("x");
        assertThat(claims.assuranceLevel()).isEqualTo(AssuranceLevel.UNKNOWN);
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/.well-known/jwks.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "EdDSA"})
    void refusesAForgedToken(String algorithm) throws Exception {
        Signer signer = Signer.of(algorithm);
        fixture.answer(signer.jwks());
        String[] parts = signer.token(claims()).split("\\.", -1);
        String forged = parts[0] + "." + Fixture.part(claims() + " ") + "." + parts[2];

        assertThatThrownBy(() -> auth.getClaims(forged))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("signature");
    }

    @Test
    void keepsTheKeysForTenMinutes() throws Exception {
        Signer signer = Signer.of("ES256");
        String token =
                signer.token(claims(HandMovedTimers.START.plusSeconds(9000).getEpochSecond()));
        fixture.answer(signer.jwks());
        fixture.answer(signer.jwks());

        auth.getClaims(token);
        fixture.timers.pass(SigningKeys.KEPT.minusSeconds(1));
        auth.getClaims(token);
        assertThat(fixture.server.getRequestCount()).isEqualTo(1);
        fixture.timers.pass(Duration.ofSeconds(1));
        auth.getClaims(token);

        assertThat(fixture.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void takesKeysOfTheProgramFirst() throws Exception {
        Signer signer = Signer.of("ES256");
        auth.getClaims(signer.token(claims()), ClaimsOptions.of().jwks(signer.jwks()));

        assertThat(fixture.server.getRequestCount()).isZero();
    }

    @Test
    void asksTheServerAboutASharedSecret() {
        fixture.answer(Fixture.USER);
        Claims claims = auth.getClaims(Fixture.jwt(HandMovedTimers.START.plusSeconds(100)));

        assertThat(claims.assuranceLevel()).isEqualTo(AssuranceLevel.AAL1);
        assertThat(claims.authenticationMethods())
                .extracting(AuthenticationMethod::method)
                .isEqualTo(Arrays.asList("password"));
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/user");
    }

    @Test
    void refusesATokenThatRanOut() throws Exception {
        Signer signer = Signer.of("ES256");
        String token = signer.token(claims(HandMovedTimers.START.getEpochSecond()));
        assertThatThrownBy(() -> auth.getClaims(token)).hasMessageContaining("ran out");

        var options = ClaimsOptions.of().allowExpired().jwks(signer.jwks());
        assertThat(auth.getClaims(token, options).subject()).isEqualTo("u1");
    }

    @Test
    void refusesAKeyOfAnotherKind() throws Exception {
        Signer signer = Signer.of("ES256");
        fixture.answer(Signer.of("RS256").jwks());

        assertThatThrownBy(() -> auth.getClaims(signer.token(claims())))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("RS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "!.!.!", "bnVsbA.bnVsbA.x", "a.b.c.d"})
    void refusesWhatIsNoToken(String text) {
        assertThatThrownBy(() -> auth.getClaims(text))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("no JWT");
    }

    @Test
    void tellsHowSureTheServerIs() {
        fixture.signIn(3600);
        AssuranceLevels levels = auth.mfa().getAuthenticatorAssuranceLevel();

        assertThat(levels.current()).isEqualTo(AssuranceLevel.AAL1);
        assertThat(levels.next()).isEqualTo(AssuranceLevel.AAL1);
        assertThat(fixture.server.getRequestCount()).isEqualTo(1);
    }
}

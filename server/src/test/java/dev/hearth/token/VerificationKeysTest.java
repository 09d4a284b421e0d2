package dev.hearth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Secret;
import dev.hearth.problem.Refusal;
import dev.hearth.token.SignatureCheck.Forged;
import dev.hearth.token.SignatureCheck.Holds;
import dev.hearth.token.SignatureCheck.NoKey;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class VerificationKeysTest {

    private static final TestKeys KEYS = TestKeys.make();
    private static final VerificationKeys PROJECT =
            VerificationKeys.of(TokensTest.config(List.of(KEYS.signingKey())));
    private static final String SECRET = "another-secret-with-more-than-32-characters";

    @Test
    void believesWhatTheProjectSigns() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("sub", "ann");
        var byKey = new Tokens(TokensTest.config(List.of(KEYS.signingKey())), TokensTest.CLOCK);
        var bySecret = new Tokens(TokensTest.config(List.of()), TokensTest.CLOCK);

        assertThat(PROJECT.check(byKey.sign(claims))).isInstanceOf(Holds.class);
        assertThat(PROJECT.check(bySecret.sign(claims))).isInstanceOf(Holds.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA"})
    void believesEveryKindOfJwk(String algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        VerificationKeys keys = PROJECT.and(new Secret(jwk(pair.getPublic(), "")), false);
        String token = signed(pair, algorithm, "");

        assertThat(keys.check(token)).isInstanceOf(Holds.class);
        assertThat(keys.check(token.replaceFirst("\\.e30\\.", ".e30g.")))
                .isInstanceOf(Forged.class);
        assertThat(keys.check(signed(pair(algorithm), algorithm, ""))).isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @CsvSource({"'','',Holds", "'','a',Holds", "'a','a',Holds", "'b','a',NoKey", "'b','',NoKey"})
    void aKidSelectsTheKey(String asked, String given, String check) throws Exception {
        KeyPair pair = pair("ES384");
        VerificationKeys keys =
                VerificationKeys.NONE.and(new Secret(jwk(pair.getPublic(), given)), false);

        assertThat(keys.check(signed(pair, "ES384", asked)).getClass().getSimpleName())
                .isEqualTo(check);
    }

    @Test
    void withoutAKidEveryKeyIsTried() throws Exception {
        KeyPair first = pair("ES256");
        KeyPair second = pair("ES256");
        String set =
                "{\"keys\":[%s,%s,{\"kty\":\"odd\"}]}"
                        .formatted(jwk(first.getPublic(), "1"), jwk(second.getPublic(), "2"));
        VerificationKeys keys = VerificationKeys.NONE.and(new Secret(set), false);

        assertThat(keys.check(signed(first, "ES256", ""))).isInstanceOf(Holds.class);
        assertThat(keys.check(signed(second, "ES256", ""))).isInstanceOf(Holds.class);
        assertThat(keys.check(signed(second, "ES256", "1"))).isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void aTextIsASecretOfEveryStrengthForEveryKid(String algorithm) throws Exception {
        VerificationKeys keys = VerificationKeys.NONE.and(new Secret(SECRET), false);

        assertThat(keys.check(hashed(algorithm, "any", SECRET))).isInstanceOf(Holds.class);
        assertThat(keys.check(hashed(algorithm, "any", SECRET + "!"))).isInstanceOf(Forged.class);
    }

    @Test
    void aSecretMayBeBase64() throws Exception {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getUrlEncoder().encodeToString(bytes).replace('=', '.');
        VerificationKeys keys = VerificationKeys.NONE.and(new Secret(base64), true);

        assertThat(keys.check(hashed("HS256", "", SECRET))).isInstanceOf(Holds.class);
    }

    @Test
    void aSecretMayBeAJwkOfOneAlgorithm() throws Exception {
        String jwk =
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"a\",\"k\":\"%s\"}"
                        .formatted(encode(SECRET.getBytes(StandardCharsets.UTF_8)));
        VerificationKeys keys = VerificationKeys.NONE.and(new Secret(jwk), false);

        assertThat(keys.check(hashed("HS256", "a", SECRET))).isInstanceOf(Holds.class);
        assertThat(keys.check(hashed("HS256", "b", SECRET))).isInstanceOf(NoKey.class);
        assertThat(keys.check(hashed("HS512", "a", SECRET))).isInstanceOf(NoKey.class);
    }

    @Test
    void aPublicKeyNeverServesAsASecret() throws Exception {
        String jwk = jwk(pair("RS256").getPublic(), "a");
        VerificationKeys keys = VerificationKeys.NONE.and(new Secret(jwk), false);

        assertThat(keys.check(hashed("HS256", "a", jwk))).isInstanceOf(NoKey.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "short | false",
                "{\"keys\":[]} | false",
                "{\"kty\":\"RSA\"} | false",
                "{\"kty\":\"oct\"} | false",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!\",\"y\":\"\"} | false",
                "{\"kty\":\"odd\"} | false",
                "{ | false",
                "c2hvcnQ= | true",
                "!!!! | true"
            })
    void refusesWhatIsNoKeyWithoutShowingIt(String secret, boolean base64) {
        assertThatThrownBy(() -> PROJECT.and(new Secret(secret), base64))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("PGRST_JWT_SECRET ")
                .message()
                .doesNotContain(secret);
    }

    @Property(tries = 500)
    void noTextIsBelievedAndNoneMakesItThrow(@ForAll String text) {
        assertThat(PROJECT.check(text)).isNotInstanceOf(Holds.class);
    }

    @Property(tries = 500)
    void noBytesBehindARealHeaderAreBelieved(@ForAll byte[] payload, @ForAll byte[] signature) {
        for (String algorithm : List.of("HS256", "HS512", "ES256", "RS256", "EdDSA", "none")) {
            String header = "{\"alg\":\"%s\"}".formatted(algorithm);
            String token =
                    encode(header.getBytes(StandardCharsets.UTF_8))
                            + "."
                            + encode(payload)
                            + "."
                            + encode(signature);

            assertThat(PROJECT.check(token)).isNotInstanceOf(Holds.class);
        }
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                yield generator.generateKeyPair();
            }
            case "ES" -> {
                String bits = algorithm.equals("ES512") ? "521" : algorithm.substring(2);
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
                yield generator.generateKeyPair();
            }
            default -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        };
    }

    private static String jwk(PublicKey key, String keyId) {
        ObjectNode jwk = JsonNodeFactory.instance.objectNode();
        switch (key) {
            case RSAPublicKey rsa ->
                    jwk.put("kty", "RSA")
                            .put("n", encode(rsa.getModulus().toByteArray()))
                            .put("e", encode(rsa.getPublicExponent().toByteArray()));
            case ECPublicKey ec ->
                    jwk.put("kty", "EC")
                            .put("crv", "P-" + ec.getParams().getCurve().getField().getFieldSize())
                            .put("x", encode(ec.getW().getAffineX().toByteArray()))
                            .put("y", encode(ec.getW().getAffineY().toByteArray()));
            case EdECPublicKey edwards ->
                    jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", encode(point(edwards)));
            default -> throw new IllegalArgumentException(key.getAlgorithm());
        }
        if (!keyId.isEmpty()) {
            jwk.put("kid", keyId);
        }
        return jwk.toString();
    }

    private static byte[] point(EdECPublicKey key) {
        BigInteger y = key.getPoint().getY();
        var point = new byte[32];
        for (int i = 0; i < point.length; i++) {
            point[i] = y.shiftRight(8 * i).byteValue();
        }
        if (key.getPoint().isXOdd()) {
            point[31] |= (byte) 0x80;
        }
        return point;
    }

    private static String signed(KeyPair pair, String algorithm, String keyId) throws Exception {
        String name =
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> "SHA" + algorithm.substring(2) + "withRSA";
                    case "ES" -> "SHA" + algorithm.substring(2) + "withECDSAinP1363Format";
                    default -> "Ed25519";
                };
        Signature signer = Signature.getInstance(name);
        signer.initSign(pair.getPrivate());
        String signed = head(algorithm, keyId) + ".e30";
        signer.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(signer.sign());
    }

    private static String hashed(String algorithm, String keyId, String secret) throws Exception {
        String name = "HmacSHA" + algorithm.substring(2);
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
        String signed = head(algorithm, keyId) + ".e30";
        return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String head(String algorithm, String keyId) {
        ObjectNode header = JsonNodeFactory.instance.objectNode().put("alg", algorithm);
        if (!keyId.isEmpty()) {
            header.put("kid", keyId);
        }
        return encode(header.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

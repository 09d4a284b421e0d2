package dev.hearth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.config.TokenConfig;
import dev.hearth.token.Verification.Verified;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// No text that a stranger sends makes verification throw, or verifies.
class TokensPropertyTest {

    private static final TestKeys KEYS = TestKeys.make();
    private static final Tokens TOKENS =
            new Tokens(TokensTest.config(List.of(KEYS.signingKey())), TokensTest.CLOCK);

    @Property(tries = 500)
    void randomTextIsRefused(@ForAll String text) {
        assertThat(TOKENS.verify(text)).isNotInstanceOf(Verified.class);
    }

    @Property(tries = 500)
    void randomBytesInThreePartsAreRefused(
            @ForAll byte[] header, @ForAll byte[] payload, @ForAll byte[] signature) {
        assertThat(TOKENS.verify(encode(header) + "." + encode(payload) + "." + encode(signature)))
                .isNotInstanceOf(Verified.class);
    }

    @Property(tries = 500)
    void randomPayloadBehindARealHeaderIsRefused(
            @ForAll String claim, @ForAll long number, @ForAll byte[] signature) {
        String payload = "{\"exp\":%d,\"sub\":\"%s\"}".formatted(number, claim);
        for (String algorithm : List.of("HS256", "HS384", "HS512", "ES256", "RS256", "none")) {
            String header = "{\"alg\":\"%s\"}".formatted(algorithm);
            assertThat(
                            TOKENS.verify(
                                    encode(header.getBytes(StandardCharsets.UTF_8))
                                            + "."
                                            + encode(payload.getBytes(StandardCharsets.UTF_8))
                                            + "."
                                            + encode(signature)))
                    .isNotInstanceOf(Verified.class);
        }
    }

    @Property(tries = 200)
    void oneChangedCharacterIsRefused(
            @ForAll @IntRange(max = 1000) int position,
            @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String token = KEYS.anonKey().value();
        var tokens =
                new Tokens(
                        new TokenConfig(
                                KEYS.jwtSecret(),
                                List.of(),
                                "",
                                "authenticated",
                                Duration.ofHours(1),
                                KEYS.anonKey(),
                                KEYS.serviceRoleKey(),
                                List.of(),
                                List.of()),
                        TokensTest.CLOCK);
        // The last character of 43 holds two bits that mean nothing.
        int index = position % (token.length() - 1);
        int old = alphabet.indexOf(token.charAt(index));
        if (old < 0) {
            return;
        }
        String changed =
                token.substring(0, index)
                        + alphabet.charAt((old + by) % 64)
                        + token.substring(index + 1);

        assertThat(tokens.verify(token)).isInstanceOf(Verified.class);
        assertThat(tokens.verify(changed)).isNotInstanceOf(Verified.class);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

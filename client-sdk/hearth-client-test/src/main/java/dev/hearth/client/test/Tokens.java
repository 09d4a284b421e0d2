package dev.hearth.client.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs access tokens as the server does in development: HS256.
///
/// @param secret the server's
record Tokens(String secret) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIFE = Duration.ofHours(1);

    /// @param claims beside or instead of the usual ones: role and audience `authenticated`, good
    ///   for an hour
    String sign(Map<String, ?> claims) {
        long now = Instant.now().getEpochSecond();
        var all = new LinkedHashMap<String, Object>();
        all.put("role", "authenticated");
        all.put("aud", "authenticated");
        all.put("iat", now);
        all.put("exp", now + LIFE.toSeconds());
        all.putAll(claims);
        try {
            String text =
                    encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                            + "."
                            + encoded(JSON.writeValueAsString(all));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("claims that cannot be written as JSON", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

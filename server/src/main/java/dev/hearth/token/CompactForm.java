package dev.hearth.token;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A signed token as text: header, claims and signature in base64url without padding, with points
/// between them. Claims keep their order.
final class CompactForm {

    private CompactForm() {}

    /// Signs the claims.
    ///
    /// @param keyId the `kid` of the header; none for the shared secret
    static String of(Algorithm algorithm, Optional<String> keyId, ObjectNode claims) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", algorithm.getName());
        keyId.ifPresent(id -> header.put("kid", id));
        header.put("typ", "JWT");
        String head = encode(header.toString().getBytes(StandardCharsets.UTF_8));
        String body = encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                algorithm.sign(
                        head.getBytes(StandardCharsets.US_ASCII),
                        body.getBytes(StandardCharsets.US_ASCII));
        return head + "." + body + "." + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package dev.hearth.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;

/// The claims of a token whose signature was checked.
///
/// @param json the payload as one compact JSON object
/// @param claims the same, parsed; read only
public record Token(String json, ObjectNode claims) {

    private static final long FIRST_SECOND = Instant.MIN.getEpochSecond();
    private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

    /// A claim that is a text; empty when it is absent, null or of another type.
    public Optional<String> text(String claim) {
        return Optional.ofNullable(claims.get(claim))
                .filter(node -> node.isTextual())
                .map(node -> node.textValue());
    }

    /// The `role` claim.
    public Optional<String> role() {
        return text("role").filter(role -> !role.isEmpty());
    }

    /// The `exp` claim; decimals are cut.
    public Optional<Instant> expiresAt() {
        return instant("exp");
    }

    /// The `nbf` claim; decimals are cut.
    Optional<Instant> notBefore() {
        return instant("nbf");
    }

    /// Seconds beyond what an [Instant] can hold count as its end.
    private Optional<Instant> instant(String claim) {
        return Optional.ofNullable(claims.get(claim))
                .filter(JsonNode::isNumber)
                .map(node -> Math.clamp(node.longValue(), FIRST_SECOND, LAST_SECOND))
                .map(Instant::ofEpochSecond);
    }

    /// The caller of these claims.
    ///
    /// @param fallbackRole the role of a token that names none
    public Caller caller(String fallbackRole) {
        return new Caller(role().orElse(fallbackRole), json, expiresAt());
    }

    /// Without the claims, which are personal data.
    @Override
    public String toString() {
        return "Token[…]";
    }
}

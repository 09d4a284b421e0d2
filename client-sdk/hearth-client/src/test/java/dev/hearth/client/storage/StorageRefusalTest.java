package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.StorageException;
import dev.hearth.client.internal.RecordingServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Refusals of servers of today and of before, and of what is no storage at all.
class StorageRefusalTest {

    private final RecordingServer server = new RecordingServer();
    private final StorageClient storage = new StorageClient(server.backend());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keepsAllThatIsTold() {
        StorageException e =
                refusal(
                        400,
                        "{\"statusCode\":\"403\",\"error\":\"Unauthorized\",\"message\":\"new row"
                            + " violates row-level security policy\",\"code\":\"AccessDenied\"}");
        assertThat(e.status()).hasValue(400);
        assertThat(e.statusCode()).hasValue(403);
        assertThat(e.code()).contains("AccessDenied");
        assertThat(e.error()).contains("Unauthorized");
        assertThat(e).hasMessage("new row violates row-level security policy");
        assertThat(e.isAccessDenied()).isTrue();
        assertThat(e.hint()).get().asString().contains("policy");
        assertThat(e.request().orElseThrow().method()).isEqualTo("GET");
    }

    @Test
    void understandsServersThatSendNoCode() {
        StorageException missing =
                refusal(
                        400,
                        "{\"statusCode\":\"404\",\"error\":\"not_found\",\"message\":\"Object not"
                                + " found\"}");
        assertThat(missing.isObjectNotFound()).isTrue();
        assertThat(missing.isBucketNotFound()).isFalse();
        StorageException exists =
                refusal(
                        400,
                        "{\"statusCode\":\"409\",\"error\":\"Duplicate\",\"message\":\"The resource"
                                + " already exists\"}");
        assertThat(exists.isAlreadyExists()).isTrue();
        StorageException large =
                refusal(
                        400,
                        "{\"statusCode\":\"413\",\"error\":\"Payload too large\",\"message\":\"too"
                                + " large\"}");
        assertThat(large.isTooLarge()).isTrue();
        StorageException bucket =
                refusal(
                        400,
                        "{\"statusCode\":\"404\",\"error\":\"Bucket not"
                                + " found\",\"message\":\"Bucket not found\"}");
        assertThat(bucket.isBucketNotFound()).isTrue();
        assertThat(bucket.isObjectNotFound()).isFalse();
    }

    @Test
    void tellsTheKindsApartByTheirCodes() {
        assertThat(coded("EntityTooLarge").isTooLarge()).isTrue();
        assertThat(coded("InvalidMimeType").isUnsupportedType()).isTrue();
        assertThat(coded("InvalidKey").isInvalidKey()).isTrue();
        assertThat(coded("ResourceNotEmpty").isNotEmpty()).isTrue();
        assertThat(coded("BucketAlreadyExists").isAlreadyExists()).isTrue();
        assertThat(coded("SlowDown").isBusy()).isTrue();
        assertThat(coded("NoSuchBucket").isNotFound()).isTrue();
        assertThat(coded("InvalidRequest").isNotFound()).isFalse();
    }

    @Test
    void takesTheWordsOfAGateway() {
        assertThat(refusal(403, "{\"message\":\"You cannot consume this service\"}"))
                .hasMessage("You cannot consume this service")
                .matches(StorageException::isAccessDenied);
        assertThat(refusal(500, "{\"error\":{\"message\":\"boom\"}}")).hasMessage("boom");
        assertThat(refusal(500, "{}")).hasMessage("storage answered 500 without a reason");
    }

    @Test
    void doesNotRepeatAnAnswerThatIsNoJson() {
        StorageException e = refusal(502, "<html>secret</html>");
        assertThat(e.getMessage())
                .contains("502 and no JSON")
                .contains("is this the project's address?")
                .doesNotContain("secret");
        assertThat(e.statusCode()).isEmpty();
        assertThat(e.code()).isEmpty();
    }

    @Test
    void cutsALongMessage() {
        assertThat(refusal(400, "{\"message\":\"" + "x".repeat(5000) + "\"}").getMessage())
                .hasSize(500);
    }

    @Test
    void readsNoMoreOfARefusalThanItKeeps() {
        server.answers(400, "{\"message\":\"" + "x".repeat(StorageCalls.MAX_REFUSAL_BYTES) + "\"}");
        assertThatThrownBy(() -> storage.from("av").download("a"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no JSON");
    }

    @Test
    void namesASuccessThatIsNoJson() {
        server.answers("<html>secret</html>");
        assertThatThrownBy(() -> storage.getBucket("av"))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("is no JSON for")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void namesASuccessOfAnotherShape() {
        server.answers("[]");
        assertThatThrownBy(() -> storage.getBucket("av")).isInstanceOf(JsonMappingException.class);
        server.answers("null");
        assertThatThrownBy(() -> storage.getBucket("av")).isInstanceOf(JsonMappingException.class);
        server.answers("");
        assertThatThrownBy(() -> storage.getBucket("av")).isInstanceOf(JsonMappingException.class);
    }

    private StorageException coded(String code) {
        return refusal(
                400,
                "{\"statusCode\":\"400\",\"error\":\"x\",\"message\":\"x\",\"code\":\""
                        + code
                        + "\"}");
    }

    private StorageException refusal(int status, String body) {
        server.answers(status, body);
        return catchThrowableOfType(StorageException.class, () -> storage.getBucket("av"));
    }
}

package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Method;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/// Whatever a body holds, the caller gets an answer and never a fault of ours.
class InputFuzzTest {

    private static final List<String> NAMES =
            List.of(
                    "email",
                    "phone",
                    "password",
                    "data",
                    "app_metadata",
                    "refresh_token",
                    "nonce",
                    "channel",
                    "code_challenge",
                    "code_challenge_method",
                    "id_token",
                    "auth_code");

    private static @Nullable TestAuth started;

    @BeforeContainer
    static void start() {
        started = TestAuth.start();
    }

    @AfterContainer
    static void stop() {
        auth().close();
    }

    private static TestAuth auth() {
        return Objects.requireNonNull(started);
    }

    @Property(tries = 150)
    void signUpNeverFaults(@ForAll("bodies") String body) {
        assertThat(auth().call(Method.POST, "/auth/v1/signup").body(body).ask().status())
                .as(body)
                .isLessThan(500);
    }

    @Property(tries = 150)
    void changesNeverFault(@ForAll("bodies") String body) {
        JsonNode session = auth().signUp();
        assertThat(
                        auth().call(Method.PUT, "/auth/v1/user")
                                .bearer(session)
                                .body(body)
                                .ask()
                                .status())
                .as(body)
                .isLessThan(500);
        assertThat(auth().call(Method.GET, "/auth/v1/user").bearer(session).ask().status())
                .isEqualTo(200);
    }

    @Property(tries = 150)
    void grantsNeverFault(@ForAll("bodies") String body, @ForAll("grants") String grant) {
        assertThat(
                        auth().call(Method.POST, "/auth/v1/token")
                                .query("grant_type", grant)
                                .body(body)
                                .ask()
                                .status())
                .as(body)
                .isLessThan(500);
    }

    @Property(tries = 200)
    void noiseNeverFaults(@ForAll String body) {
        assertThat(auth().call(Method.POST, "/auth/v1/signup").body(body).ask().status())
                .isLessThan(500);
    }

    @Property(tries = 5)
    void depthNeverFaults(@ForAll("depths") int depth) {
        String body = "{\"data\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}";
        assertThat(auth().call(Method.POST, "/auth/v1/signup").body(body).ask().status())
                .isLessThan(500);
    }

    @Provide
    Arbitrary<Integer> depths() {
        return Arbitraries.of(400, 498, 499, 500, 100_000);
    }

    @Provide
    Arbitrary<String> grants() {
        return Arbitraries.of("password", "refresh_token", "id_token", "pkce", "web3", "x");
    }

    @Provide
    Arbitrary<String> bodies() {
        return object(Arbitraries.of(NAMES), values(3)).map(ObjectNode::toString);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        var nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaves =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(20).map(nodes::textNode),
                        Arbitraries.of("\0", "\ud800", "a\udc00b", "😀", "ann@example.com", "+1234")
                                .map(nodes::textNode),
                        Arbitraries.of("1e400", "-0", "1E-2000", "9".repeat(999), "0.1")
                                .map(text -> nodes.numberNode(new BigDecimal(text))),
                        Arbitraries.of(true, false).map(nodes::booleanNode),
                        Arbitraries.just(nodes.nullNode()));
        if (depth == 0) {
            return leaves;
        }
        return Arbitraries.lazy(
                () ->
                        Arbitraries.oneOf(
                                leaves,
                                object(Arbitraries.strings().ofMaxLength(5), values(depth - 1))
                                        .map(node -> node),
                                values(depth - 1)
                                        .list()
                                        .ofMaxSize(3)
                                        .map(items -> nodes.arrayNode().addAll(items))));
    }

    private static Arbitrary<ObjectNode> object(
            Arbitrary<String> names, Arbitrary<JsonNode> values) {
        return Arbitraries.maps(names, values)
                .ofMaxSize(4)
                .map(
                        members -> {
                            ObjectNode object = JsonNodeFactory.instance.objectNode();
                            members.forEach(object::set);
                            return object;
                        });
    }
}

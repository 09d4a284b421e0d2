package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The code verifiers of sign-ins that are under way (RFC 7636), in the storage as auth-js 2.119
/// keeps them, each text as JSON:
///
/// | key | value |
/// |---|---|
/// | `<storage key>-flow-<flow id>-code-verifier` | the verifier, `/recovery` behind it when it is for a forgotten password |
/// | `<storage key>-flows-code-verifier` | the flow ids, oldest first |
/// | `<storage key>-code-verifier` | the verifier of the flow that began last |
///
/// Safe for any thread.
final class Verifiers {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.auth");

    /// How many sign-ins may be under way at once; the oldest is forgotten then.
    static final int MOST_FLOWS = 5;

    private static final int VERIFIER_BYTES = 56;
    private static final int FLOW_ID_BYTES = 16;
    private static final Pattern FLOW_ID = Pattern.compile("[a-zA-Z0-9_-]{8,64}");

    /// A sign-in that begins.
    ///
    /// @param fields `code_challenge` and `code_challenge_method`, null without a verifier
    record Flow(Optional<String> id, Map<String, @Nullable String> fields) {}

    /// A verifier that was kept.
    ///
    /// @param type what the link was for, if that was something special
    record Kept(String verifier, Optional<String> type) {}

    private final SessionStorage storage;
    private final String key;
    private final FlowType flowType;
    private final SecureRandom random = new SecureRandom();
    private final Object lock = new Object();

    Verifiers(SessionStorage storage, String key, FlowType flowType) {
        this.storage = storage;
        this.key = key;
        this.flowType = flowType;
    }

    /// Whether a code is worth nothing without one.
    boolean areNeeded() {
        return flowType == FlowType.PKCE;
    }

    /// A flow without a verifier.
    static Flow none() {
        return new Flow(Optional.empty(), fields(null, null));
    }

    /// A flow with a verifier, where one is needed.
    ///
    /// @param recovery whether it is for a forgotten password
    Flow begin(boolean recovery) {
        if (!areNeeded()) {
            return none();
        }
        String verifier = hex(VERIFIER_BYTES);
        String id = hex(FLOW_ID_BYTES);
        synchronized (lock) {
            keep(id, recovery ? verifier + "/recovery" : verifier);
        }
        return new Flow(Optional.of(id), fields(challenge(verifier), "s256"));
    }

    /// Makes a call with a challenge, whose verifier is forgotten when the call fails.
    <T> T inFlow(boolean recovery, Function<Flow, T> call) {
        Flow flow = begin(recovery);
        try {
            return call.apply(flow);
        } catch (RuntimeException e) {
            flow.id().ifPresent(id -> end(Optional.of(id)));
            throw e;
        }
    }

    private static Map<String, @Nullable String> fields(
            @Nullable String challenge, @Nullable String method) {
        var fields = new LinkedHashMap<String, @Nullable String>();
        fields.put("code_challenge", challenge);
        fields.put("code_challenge_method", method);
        return fields;
    }

    private void keep(String id, String kept) {
        storage.setItem(slot(id), Fields.json(kept));
        List<String> flows = flows();
        flows.add(id);
        while (flows.size() > MOST_FLOWS) {
            storage.removeItem(slot(flows.remove(0)));
        }
        storage.setItem(index(), Fields.json(flows));
        storage.setItem(newest(), Fields.json(kept));
    }

    /// The verifier of a flow, or of the one that began last.
    Optional<Kept> find(Optional<String> flow) {
        if (flow.isPresent() && !FLOW_ID.matcher(flow.get()).matches()) {
            return Optional.empty();
        }
        return text(flow.map(this::slot).orElse(newest())).map(Verifiers::kept);
    }

    private static Kept kept(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Kept(text, Optional.empty())
                : new Kept(text.substring(0, slash), Optional.of(text.substring(slash + 1)));
    }

    /// The flow is over, well or not.
    void end(Optional<String> flow) {
        removed(
                () -> {
                    if (flow.isEmpty()) {
                        storage.removeItem(newest());
                    } else if (FLOW_ID.matcher(flow.get()).matches()) {
                        remove(flow.get());
                    }
                });
    }

    private void remove(String flow) {
        Optional<String> verifier = text(slot(flow));
        storage.removeItem(slot(flow));
        List<String> flows = flows();
        if (flows.remove(flow)) {
            putIndex(flows);
        }
        if (verifier.isPresent() && verifier.equals(text(newest()))) {
            storage.removeItem(newest());
        }
    }

    private void putIndex(List<String> flows) {
        if (flows.isEmpty()) {
            storage.removeItem(index());
        } else {
            storage.setItem(index(), Fields.json(flows));
        }
    }

    /// All flows are over, as with a sign-out.
    void endAll() {
        removed(
                () -> {
                    flows().forEach(id -> storage.removeItem(slot(id)));
                    storage.removeItem(index());
                    storage.removeItem(newest());
                });
    }

    /// A sign-in is what it is, whether or not the storage lets go of its verifier.
    private void removed(Runnable work) {
        synchronized (lock) {
            try {
                work.run();
            } catch (AuthException e) {
                LOG.log(Level.WARNING, "code verifiers were not removed from their storage", e);
            }
        }
    }

    private Optional<String> text(String name) {
        return json(name).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private List<String> flows() {
        var flows = new ArrayList<String>();
        json(index()).ifPresent(list -> list.forEach(id -> flows.add(id.asText())));
        flows.removeIf(id -> !FLOW_ID.matcher(id).matches());
        return flows;
    }

    private Optional<JsonNode> json(String name) {
        return storage.getItem(name).flatMap(Verifiers::parsed);
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(Json.protocol().readTree(text));
        } catch (IOException spoilt) {
            return Optional.empty();
        }
    }

    private String slot(String id) {
        return key + "-flow-" + id + "-code-verifier";
    }

    private String index() {
        return key + "-flows-code-verifier";
    }

    private String newest() {
        return key + "-code-verifier";
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    static String challenge(String verifier) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

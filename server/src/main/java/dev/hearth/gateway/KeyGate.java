package dev.hearth.gateway;

import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Credential.Bearer;
import dev.hearth.exchange.Credential.None;
import dev.hearth.exchange.Credential.ProjectKey;
import dev.hearth.exchange.Route.Access;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.ProjectKeys.Match;

import java.util.Optional;

/// Compares project keys and says who a request claims to be: the table of auth.md 1.3, as the
/// gateways of the hosted platform and of its self-hosting setup apply it.
///
/// More lenient than they are in one point (auth.md 1.2): a project key that comes only as
/// `Authorization: Bearer` counts as the key.
final class KeyGate {

    private final ProjectKeys keys;
    private final boolean required;

    /// @param required whether a request without a key is refused
    KeyGate(ProjectKeys keys, boolean required) {
        this.keys = keys;
        this.required = required;
    }

    /// @param apikey header or query parameter `apikey`, the header first
    /// @param authorization the `Authorization` header
    /// @throws Refusal with a [GateProblem] where the route's access is not given
    Credential admit(Access access, Optional<String> apikey, Optional<String> authorization) {
        Optional<String> bearer = authorization.flatMap(KeyGate::bearer);
        Optional<String> key =
                apikey.or(() -> bearer.filter(token -> keys.match(token).isPresent()));
        Optional<Match> match = key.flatMap(keys::match);
        refuse(access, key.isPresent(), match);
        Optional<String> token = bearer.filter(text -> !text.startsWith("sb_"));
        if (token.isPresent()) {
            return new Bearer(token.get());
        }
        if (match.isEmpty()) {
            return new None();
        }
        return match.get().legacy()
                ? new Bearer(key.orElseThrow())
                : new ProjectKey(match.get().role());
    }

    private void refuse(Access access, boolean keyGiven, Optional<Match> match) {
        boolean needed =
                switch (access) {
                    case OPEN -> false;
                    case KEY -> required;
                    case SECRET_KEY -> true;
                };
        if (!needed) {
            return;
        }
        if (!keyGiven) {
            throw new Refusal(new GateProblem.NoKey());
        }
        if (match.isEmpty()) {
            throw new Refusal(new GateProblem.UnknownKey());
        }
        if (access == Access.SECRET_KEY && !match.get().role().equals("service_role")) {
            throw new Refusal(new GateProblem.KeyLacksRight());
        }
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(authorization.substring(7).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}

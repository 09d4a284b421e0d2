package dev.hearth.auth;

import dev.hearth.config.AuthConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.Route.Handler;
import dev.hearth.observe.Observer;
import dev.hearth.token.Tokens;

import java.time.Clock;
import java.util.List;

/// The door of the room: everything under `/auth/v1`. Immutable but for its rate limits; safe for
/// any thread; handlers block on the database.
public final class Auth {

    private static final String BASE = "/auth/v1";
    private static final String UNEXPECTED = new AuthProblem.Unexpected().message();

    private final SignUp signUp;
    private final TokenGrants tokenGrants;
    private final UserEndpoint user;
    private final LogoutEndpoint logout;
    private final Facts facts;
    private final ErrorAnswers errors;

    /// @param config what is allowed
    /// @param tokenConfig issuer, audience and lifetime of access tokens
    /// @param tokens verifies and signs them
    /// @param database the users' tables
    /// @param observer gets what went wrong
    /// @param clock what time it is
    public Auth(
            AuthConfig config,
            TokenConfig tokenConfig,
            Tokens tokens,
            AuthDatabase database,
            Observer observer,
            Clock clock) {
        Parts parts = Parts.of(config, tokenConfig, tokens, database, observer, clock);
        signUp = new SignUp(parts);
        tokenGrants = new TokenGrants(new RefreshGrant(parts), parts.limits());
        user = new UserEndpoint(parts);
        logout = new LogoutEndpoint(parts);
        facts = new Facts(config, tokenConfig, tokens);
        errors = new ErrorAnswers(observer);
    }

    /// What this room answers. Every refusal is answered in auth's own shape.
    public List<Route> routes() {
        return List.of(
                keyed(
                        Method.POST,
                        "/signup",
                        "Database error creating anonymous user",
                        signUp::answer),
                keyed(Method.POST, "/token", UNEXPECTED, tokenGrants::answer),
                keyed(Method.GET, "/user", UNEXPECTED, user::get),
                keyed(Method.PUT, "/user", "Error updating user", user::put),
                keyed(Method.POST, "/logout", "Error logging out user", logout::answer),
                keyed(Method.GET, "/settings", UNEXPECTED, _ -> facts.settings()),
                open("/health", _ -> facts.health()),
                open("/.well-known/jwks.json", _ -> facts.keySet()),
                open("/.well-known/openid-configuration", _ -> facts.openIdConfiguration()));
    }

    private Route keyed(Method method, String path, String attempt, Handler handler) {
        return Route.keyed(method, BASE + path, handler).with(errors.during(attempt));
    }

    private Route open(String path, Handler handler) {
        return Route.open(Method.GET, BASE + path, handler).with(errors.during(UNEXPECTED));
    }
}

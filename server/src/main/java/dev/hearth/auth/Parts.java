package dev.hearth.auth;

import dev.hearth.config.AuthConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.observe.Observer;
import dev.hearth.token.Tokens;

import java.time.Clock;

/// What the endpoints are made of, made once by [Auth].
record Parts(
        AuthConfig config,
        AuthDatabase database,
        BearerAuthentication bearer,
        Users users,
        Sessions sessions,
        RefreshTokens refreshTokens,
        AuditLog auditLog,
        AccessTokens accessTokens,
        Limits limits,
        Observer observer,
        Clock clock) {

    static Parts of(
            AuthConfig config,
            TokenConfig tokenConfig,
            Tokens tokens,
            AuthDatabase database,
            Observer observer,
            Clock clock) {
        var users = new Users();
        var sessions = new Sessions();
        return new Parts(
                config,
                database,
                new BearerAuthentication(config, tokenConfig, tokens, users, sessions, clock),
                users,
                sessions,
                new RefreshTokens(),
                new AuditLog(config.auditLog()),
                new AccessTokens(config, tokenConfig, tokens),
                Limits.of(config.rates(), clock),
                observer,
                clock);
    }
}

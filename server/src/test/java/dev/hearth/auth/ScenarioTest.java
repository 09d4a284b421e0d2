package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.TestAuth.Call;
import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every route, asked without a key, as anon, as a user and as service, with status and code.
class ScenarioTest {

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /signup                          | 200 | 200 | 200 | 200
                    POST | /token                           | 400 invalid_credentials | 400 invalid_credentials | 400 invalid_credentials | 400 invalid_credentials
                    GET  | /user                            | 401 no_authorization | 403 bad_jwt | 200 | 403 bad_jwt
                    PUT  | /user                            | 401 no_authorization | 403 bad_jwt | 200 | 403 bad_jwt
                    POST | /logout                          | 401 no_authorization | 403 bad_jwt | 204 | 403 bad_jwt
                    GET  | /settings                        | 200 | 200 | 200 | 200
                    GET  | /health                          | 200 | 200 | 200 | 200
                    GET  | /.well-known/jwks.json           | 200 | 200 | 200 | 200
                    GET  | /.well-known/openid-configuration | 200 | 200 | 200 | 200
                    """)
    void answers(
            Method method, String path, String none, String anon, String user, String service) {
        assertThat(asked(method, path).as(new Credential.None()).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(none));
        assertThat(asked(method, path).as(new Credential.ProjectKey("anon")).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(anon));
        assertThat(asked(method, path).bearer(auth.tokenConfig.anonKey().value()).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(anon));
        assertThat(asked(method, path).bearer(auth.signUp()).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(user));
        assertThat(asked(method, path).as(new Credential.ProjectKey("service_role")).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(service));
        assertThat(asked(method, path).bearer(auth.tokenConfig.serviceRoleKey().value()).ask())
                .satisfies(reply -> assertThat(outcome(reply)).isEqualTo(service));
    }

    private static Call asked(Method method, String path) {
        return auth.call(method, "/auth/v1" + path).body("{}");
    }

    private static String outcome(Reply reply) {
        return reply.status() < 300 ? String.valueOf(reply.status()) : reply.refusal();
    }
}

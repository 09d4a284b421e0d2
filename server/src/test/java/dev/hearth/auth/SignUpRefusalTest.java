package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The order of checks is upstream's: what is wrong with the request comes before what is off.
class SignUpRefusalTest {

    private static final String CHALLENGE = "a".repeat(43);

    @AutoClose private static TestAuth auth;

    @BeforeAll
    static void open() {
        auth = TestAuth.start();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"email":"a@b.c"}                                | 400 validation_failed       | Signup requires a valid password
                    {"email":"a@b.c","password":"short"}             | 422 weak_password           | Password should be at least 6 characters.
                    {"email":"a@b.c","phone":"1234","password":"secret1"} | 400 validation_failed  | Only an email address or phone number should be provided on signup.
                    {"phone":"1234","password":"secret1","channel":"fax"} | 400 validation_failed  | Invalid channel, supported values are 'sms' or 'whatsapp'. 'whatsapp' is only supported if Twilio or Twilio Verify is used as the provider.
                    {"phone":"1234","password":"secret1","code_challenge":"x"} | 400 validation_failed | PKCE not supported for phone signups
                    {"email":"a@b.c","password":"secret1","code_challenge":"x"} | 400 validation_failed | PKCE flow requires code_challenge_method and code_challenge
                    {"email":"a@b.c","password":"secret1","code_challenge":"x","code_challenge_method":"s256"} | 400 validation_failed | code challenge has to be between 43 and 128 characters
                    {"email":"a@b.c","password":"secret1"}           | 400 email_provider_disabled | Email signups are disabled
                    {"email":"nonsense","password":"secret1"}        | 400 email_provider_disabled | Email signups are disabled
                    {"email":"a@b.c","password":"secret1","code_challenge":"$","code_challenge_method":"s256"} | 400 email_provider_disabled | Email signups are disabled
                    {"phone":"+12345","password":"secret1"}          | 400 phone_provider_disabled | Phone signups are disabled
                    """)
    void refusesEmailAndPhone(String body, String refusal, String message) {
        Reply reply =
                auth.call(Method.POST, "/auth/v1/signup").body(body.replace("$", CHALLENGE)).ask();

        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    password | {"email":"a@b.c","password":"secret1"}  | 422 email_provider_disabled | Email logins are disabled
                    password | {"phone":"1234","password":"secret1"}   | 422 phone_provider_disabled | Phone logins are disabled
                    password | {"email":"a@b.c","phone":"1234"}        | 400 validation_failed       | Only an email address or phone number should be provided on login.
                    password | {"password":"secret1"}                  | 400 validation_failed       | missing email or phone
                    pkce     | {"auth_code":"x"}                       | 400 validation_failed       | invalid request: both auth code and code verifier should be non-empty
                    pkce     | {"auth_code":"x","code_verifier":"y"}   | 404 flow_state_not_found    | invalid flow state, no valid flow state found
                    web3     | {"chain":"solana"}                      | 422 web3_provider_disabled  | Web3 provider is disabled
                    id_token | {"id_token":"x","provider":"google"}    | 400 provider_disabled       | Provider (issuer "google") is not enabled
                    magic    | {}                                      | 400 invalid_credentials     | unsupported_grant_type
                    ``       | {}                                      | 400 invalid_credentials     | unsupported_grant_type
                    """)
    void refusesOtherGrants(String grant, String body, String refusal, String message) {
        Reply reply =
                auth.call(Method.POST, "/auth/v1/token")
                        .query("grant_type", grant)
                        .body(body)
                        .ask();

        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                | id_token required
                    {"id_token":"x"}  | provider or client_id and issuer required
                    """)
    void refusesIncompleteIdTokensInOauthsShape(String body, String description) {
        Reply reply =
                auth.call(Method.POST, "/auth/v1/token")
                        .query("grant_type", "id_token")
                        .body(body)
                        .ask();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":\"invalid request\",\"error_description\":\"%s\"}"
                                .formatted(description));
    }
}

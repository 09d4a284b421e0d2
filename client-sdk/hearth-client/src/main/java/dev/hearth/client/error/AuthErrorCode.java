package dev.hearth.client.error;

/// The codes of [AuthException#code]. The server may send others; they come through as they are.
///
/// ```java
/// if (error.is(AuthErrorCode.OTP_EXPIRED)) {
///     client.auth().resend(Resend.signUp("ann@example.com"));
/// }
/// ```
///
/// The list is that of supabase-js and of the server's documentation; `session_missing`,
/// `invalid_jwt`, `pkce_code_verifier_not_found`, `invalid_redirect` and `storage_failed` are said
/// by this side.
public final class AuthErrorCode {

    private AuthErrorCode() {}

    /// `anonymous_provider_disabled`
    public static final String ANONYMOUS_PROVIDER_DISABLED = "anonymous_provider_disabled";

    /// `bad_code_verifier`
    public static final String BAD_CODE_VERIFIER = "bad_code_verifier";

    /// `bad_json`
    public static final String BAD_JSON = "bad_json";

    /// `bad_jwt`
    public static final String BAD_JWT = "bad_jwt";

    /// `bad_oauth_callback`
    public static final String BAD_OAUTH_CALLBACK = "bad_oauth_callback";

    /// `bad_oauth_state`
    public static final String BAD_OAUTH_STATE = "bad_oauth_state";

    /// `captcha_failed`
    public static final String CAPTCHA_FAILED = "captcha_failed";

    /// `conflict`
    public static final String CONFLICT = "conflict";

    /// `current_password_invalid`
    public static final String CURRENT_PASSWORD_INVALID = "current_password_invalid";

    /// `current_password_required`
    public static final String CURRENT_PASSWORD_REQUIRED = "current_password_required";

    /// `custom_provider_not_found`
    public static final String CUSTOM_PROVIDER_NOT_FOUND = "custom_provider_not_found";

    /// `email_address_invalid`
    public static final String EMAIL_ADDRESS_INVALID = "email_address_invalid";

    /// `email_address_not_authorized`
    public static final String EMAIL_ADDRESS_NOT_AUTHORIZED = "email_address_not_authorized";

    /// `email_address_not_provided`
    public static final String EMAIL_ADDRESS_NOT_PROVIDED = "email_address_not_provided";

    /// `email_conflict_identity_not_deletable`
    public static final String EMAIL_CONFLICT_IDENTITY_NOT_DELETABLE =
            "email_conflict_identity_not_deletable";

    /// `email_exists`
    public static final String EMAIL_EXISTS = "email_exists";

    /// `email_not_confirmed`
    public static final String EMAIL_NOT_CONFIRMED = "email_not_confirmed";

    /// `email_provider_disabled`
    public static final String EMAIL_PROVIDER_DISABLED = "email_provider_disabled";

    /// `feature_disabled`
    public static final String FEATURE_DISABLED = "feature_disabled";

    /// `flow_state_already_used`
    public static final String FLOW_STATE_ALREADY_USED = "flow_state_already_used";

    /// `flow_state_expired`
    public static final String FLOW_STATE_EXPIRED = "flow_state_expired";

    /// `flow_state_not_found`
    public static final String FLOW_STATE_NOT_FOUND = "flow_state_not_found";

    /// `hook_payload_invalid_content_type`
    public static final String HOOK_PAYLOAD_INVALID_CONTENT_TYPE =
            "hook_payload_invalid_content_type";

    /// `hook_payload_over_size_limit`
    public static final String HOOK_PAYLOAD_OVER_SIZE_LIMIT = "hook_payload_over_size_limit";

    /// `hook_timeout`
    public static final String HOOK_TIMEOUT = "hook_timeout";

    /// `hook_timeout_after_retry`
    public static final String HOOK_TIMEOUT_AFTER_RETRY = "hook_timeout_after_retry";

    /// `identity_already_exists`
    public static final String IDENTITY_ALREADY_EXISTS = "identity_already_exists";

    /// `identity_not_found`
    public static final String IDENTITY_NOT_FOUND = "identity_not_found";

    /// `insufficient_aal`
    public static final String INSUFFICIENT_AAL = "insufficient_aal";

    /// `invalid_credentials`
    public static final String INVALID_CREDENTIALS = "invalid_credentials";

    /// `invalid_jwt`
    public static final String INVALID_JWT = "invalid_jwt";

    /// `invalid_redirect`
    public static final String INVALID_REDIRECT = "invalid_redirect";

    /// `invite_not_found`
    public static final String INVITE_NOT_FOUND = "invite_not_found";

    /// `manual_linking_disabled`
    public static final String MANUAL_LINKING_DISABLED = "manual_linking_disabled";

    /// `mfa_challenge_expired`
    public static final String MFA_CHALLENGE_EXPIRED = "mfa_challenge_expired";

    /// `mfa_factor_name_conflict`
    public static final String MFA_FACTOR_NAME_CONFLICT = "mfa_factor_name_conflict";

    /// `mfa_factor_not_found`
    public static final String MFA_FACTOR_NOT_FOUND = "mfa_factor_not_found";

    /// `mfa_ip_address_mismatch`
    public static final String MFA_IP_ADDRESS_MISMATCH = "mfa_ip_address_mismatch";

    /// `mfa_phone_enroll_not_enabled`
    public static final String MFA_PHONE_ENROLL_NOT_ENABLED = "mfa_phone_enroll_not_enabled";

    /// `mfa_phone_verify_not_enabled`
    public static final String MFA_PHONE_VERIFY_NOT_ENABLED = "mfa_phone_verify_not_enabled";

    /// `mfa_recovery_codes_enroll_not_enabled`
    public static final String MFA_RECOVERY_CODES_ENROLL_NOT_ENABLED =
            "mfa_recovery_codes_enroll_not_enabled";

    /// `mfa_recovery_codes_locked`
    public static final String MFA_RECOVERY_CODES_LOCKED = "mfa_recovery_codes_locked";

    /// `mfa_recovery_codes_sole_factor`
    public static final String MFA_RECOVERY_CODES_SOLE_FACTOR = "mfa_recovery_codes_sole_factor";

    /// `mfa_recovery_codes_verify_not_enabled`
    public static final String MFA_RECOVERY_CODES_VERIFY_NOT_ENABLED =
            "mfa_recovery_codes_verify_not_enabled";

    /// `mfa_totp_enroll_not_enabled`
    public static final String MFA_TOTP_ENROLL_NOT_ENABLED = "mfa_totp_enroll_not_enabled";

    /// `mfa_totp_verify_not_enabled`
    public static final String MFA_TOTP_VERIFY_NOT_ENABLED = "mfa_totp_verify_not_enabled";

    /// `mfa_verification_failed`
    public static final String MFA_VERIFICATION_FAILED = "mfa_verification_failed";

    /// `mfa_verification_rejected`
    public static final String MFA_VERIFICATION_REJECTED = "mfa_verification_rejected";

    /// `mfa_verified_factor_exists`
    public static final String MFA_VERIFIED_FACTOR_EXISTS = "mfa_verified_factor_exists";

    /// `mfa_webauthn_enroll_not_enabled`
    public static final String MFA_WEBAUTHN_ENROLL_NOT_ENABLED = "mfa_webauthn_enroll_not_enabled";

    /// `mfa_webauthn_verify_not_enabled`
    public static final String MFA_WEBAUTHN_VERIFY_NOT_ENABLED = "mfa_webauthn_verify_not_enabled";

    /// `no_authorization`
    public static final String NO_AUTHORIZATION = "no_authorization";

    /// `not_admin`
    public static final String NOT_ADMIN = "not_admin";

    /// `oauth_authorization_not_found`
    public static final String OAUTH_AUTHORIZATION_NOT_FOUND = "oauth_authorization_not_found";

    /// `oauth_client_not_found`
    public static final String OAUTH_CLIENT_NOT_FOUND = "oauth_client_not_found";

    /// `oauth_client_state_expired`
    public static final String OAUTH_CLIENT_STATE_EXPIRED = "oauth_client_state_expired";

    /// `oauth_client_state_not_found`
    public static final String OAUTH_CLIENT_STATE_NOT_FOUND = "oauth_client_state_not_found";

    /// `oauth_consent_not_found`
    public static final String OAUTH_CONSENT_NOT_FOUND = "oauth_consent_not_found";

    /// `oauth_dynamic_client_registration_disabled`
    public static final String OAUTH_DYNAMIC_CLIENT_REGISTRATION_DISABLED =
            "oauth_dynamic_client_registration_disabled";

    /// `oauth_invalid_state`
    public static final String OAUTH_INVALID_STATE = "oauth_invalid_state";

    /// `oauth_provider_not_supported`
    public static final String OAUTH_PROVIDER_NOT_SUPPORTED = "oauth_provider_not_supported";

    /// `otp_disabled`
    public static final String OTP_DISABLED = "otp_disabled";

    /// `otp_expired`
    public static final String OTP_EXPIRED = "otp_expired";

    /// `over_custom_provider_quota`
    public static final String OVER_CUSTOM_PROVIDER_QUOTA = "over_custom_provider_quota";

    /// `over_email_send_rate_limit`
    public static final String OVER_EMAIL_SEND_RATE_LIMIT = "over_email_send_rate_limit";

    /// `over_request_rate_limit`
    public static final String OVER_REQUEST_RATE_LIMIT = "over_request_rate_limit";

    /// `over_sms_send_rate_limit`
    public static final String OVER_SMS_SEND_RATE_LIMIT = "over_sms_send_rate_limit";

    /// `passkey_disabled`
    public static final String PASSKEY_DISABLED = "passkey_disabled";

    /// `phone_exists`
    public static final String PHONE_EXISTS = "phone_exists";

    /// `phone_not_confirmed`
    public static final String PHONE_NOT_CONFIRMED = "phone_not_confirmed";

    /// `phone_provider_disabled`
    public static final String PHONE_PROVIDER_DISABLED = "phone_provider_disabled";

    /// `pkce_code_verifier_not_found`
    public static final String PKCE_CODE_VERIFIER_NOT_FOUND = "pkce_code_verifier_not_found";

    /// `provider_disabled`
    public static final String PROVIDER_DISABLED = "provider_disabled";

    /// `provider_email_needs_verification`
    public static final String PROVIDER_EMAIL_NEEDS_VERIFICATION =
            "provider_email_needs_verification";

    /// `reauth_nonce_missing`
    public static final String REAUTH_NONCE_MISSING = "reauth_nonce_missing";

    /// `reauthentication_needed`
    public static final String REAUTHENTICATION_NEEDED = "reauthentication_needed";

    /// `reauthentication_not_valid`
    public static final String REAUTHENTICATION_NOT_VALID = "reauthentication_not_valid";

    /// `refresh_token_already_used`
    public static final String REFRESH_TOKEN_ALREADY_USED = "refresh_token_already_used";

    /// `refresh_token_not_found`
    public static final String REFRESH_TOKEN_NOT_FOUND = "refresh_token_not_found";

    /// `request_entity_too_large`
    public static final String REQUEST_ENTITY_TOO_LARGE = "request_entity_too_large";

    /// `request_timeout`
    public static final String REQUEST_TIMEOUT = "request_timeout";

    /// `same_password`
    public static final String SAME_PASSWORD = "same_password";

    /// `saml_assertion_no_email`
    public static final String SAML_ASSERTION_NO_EMAIL = "saml_assertion_no_email";

    /// `saml_assertion_no_user_id`
    public static final String SAML_ASSERTION_NO_USER_ID = "saml_assertion_no_user_id";

    /// `saml_entity_id_mismatch`
    public static final String SAML_ENTITY_ID_MISMATCH = "saml_entity_id_mismatch";

    /// `saml_idp_already_exists`
    public static final String SAML_IDP_ALREADY_EXISTS = "saml_idp_already_exists";

    /// `saml_idp_not_found`
    public static final String SAML_IDP_NOT_FOUND = "saml_idp_not_found";

    /// `saml_metadata_fetch_failed`
    public static final String SAML_METADATA_FETCH_FAILED = "saml_metadata_fetch_failed";

    /// `saml_provider_disabled`
    public static final String SAML_PROVIDER_DISABLED = "saml_provider_disabled";

    /// `saml_relay_state_expired`
    public static final String SAML_RELAY_STATE_EXPIRED = "saml_relay_state_expired";

    /// `saml_relay_state_not_found`
    public static final String SAML_RELAY_STATE_NOT_FOUND = "saml_relay_state_not_found";

    /// `session_expired`
    public static final String SESSION_EXPIRED = "session_expired";

    /// `session_missing`
    public static final String SESSION_MISSING = "session_missing";

    /// `session_not_found`
    public static final String SESSION_NOT_FOUND = "session_not_found";

    /// `signup_disabled`
    public static final String SIGNUP_DISABLED = "signup_disabled";

    /// `single_identity_not_deletable`
    public static final String SINGLE_IDENTITY_NOT_DELETABLE = "single_identity_not_deletable";

    /// `sms_send_failed`
    public static final String SMS_SEND_FAILED = "sms_send_failed";

    /// `sso_domain_already_exists`
    public static final String SSO_DOMAIN_ALREADY_EXISTS = "sso_domain_already_exists";

    /// `sso_provider_disabled`
    public static final String SSO_PROVIDER_DISABLED = "sso_provider_disabled";

    /// `sso_provider_not_found`
    public static final String SSO_PROVIDER_NOT_FOUND = "sso_provider_not_found";

    /// `storage_failed`
    public static final String STORAGE_FAILED = "storage_failed";

    /// `too_many_enrolled_mfa_factors`
    public static final String TOO_MANY_ENROLLED_MFA_FACTORS = "too_many_enrolled_mfa_factors";

    /// `too_many_passkeys`
    public static final String TOO_MANY_PASSKEYS = "too_many_passkeys";

    /// `unexpected_audience`
    public static final String UNEXPECTED_AUDIENCE = "unexpected_audience";

    /// `unexpected_failure`
    public static final String UNEXPECTED_FAILURE = "unexpected_failure";

    /// `unknown`
    public static final String UNKNOWN = "unknown";

    /// `user_already_exists`
    public static final String USER_ALREADY_EXISTS = "user_already_exists";

    /// `user_banned`
    public static final String USER_BANNED = "user_banned";

    /// `user_not_found`
    public static final String USER_NOT_FOUND = "user_not_found";

    /// `user_sso_managed`
    public static final String USER_SSO_MANAGED = "user_sso_managed";

    /// `validation_failed`
    public static final String VALIDATION_FAILED = "validation_failed";

    /// `weak_password`
    public static final String WEAK_PASSWORD = "weak_password";

    /// `web3_provider_disabled`
    public static final String WEB3_PROVIDER_DISABLED = "web3_provider_disabled";

    /// `web3_unsupported_chain`
    public static final String WEB3_UNSUPPORTED_CHAIN = "web3_unsupported_chain";

    /// `webauthn_challenge_expired`
    public static final String WEBAUTHN_CHALLENGE_EXPIRED = "webauthn_challenge_expired";

    /// `webauthn_challenge_not_found`
    public static final String WEBAUTHN_CHALLENGE_NOT_FOUND = "webauthn_challenge_not_found";

    /// `webauthn_credential_exists`
    public static final String WEBAUTHN_CREDENTIAL_EXISTS = "webauthn_credential_exists";

    /// `webauthn_credential_not_found`
    public static final String WEBAUTHN_CREDENTIAL_NOT_FOUND = "webauthn_credential_not_found";

    /// `webauthn_verification_failed`
    public static final String WEBAUTHN_VERIFICATION_FAILED = "webauthn_verification_failed";
}

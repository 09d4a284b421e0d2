package dev.hearth.exchange;

/// Who a request says it comes from, after the key gate has compared the project's keys (auth.md
/// 1.3). A [Bearer] is not verified yet: the capability does that, in its own words of refusal.
public sealed interface Credential {

    /// A project key stands in for a role, and no user token came with it.
    ///
    /// @param role `anon` or `service_role`
    record ProjectKey(String role) implements Credential {}

    /// A JWT of the `Authorization` header (or a legacy key, which is a JWT too).
    record Bearer(String token) implements Credential {
        /// Without the token, which is a secret.
        @Override
        public String toString() {
            return "Bearer[…]";
        }
    }

    /// Neither a key nor a token; only on routes that are open.
    record None() implements Credential {}
}

package dev.hearth.client.auth;

import java.util.List;

/// How sure the server is, and how sure it could be.
///
/// ```java
/// AssuranceLevels levels = client.auth().mfa().getAuthenticatorAssuranceLevel();
/// if (levels.next() == AssuranceLevel.AAL2 && levels.current() != AssuranceLevel.AAL2) {
///     askForTheSecondFactor();
/// }
/// ```
///
/// @param current of this session
/// @param next that this user could reach with the factors it has
/// @param methods by which this session got there, newest first
public record AssuranceLevels(
        AssuranceLevel current, AssuranceLevel next, List<AuthenticationMethod> methods) {

    /// Copies.
    public AssuranceLevels {
        methods = List.copyOf(methods);
    }
}

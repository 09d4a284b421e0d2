package dev.hearth.client.auth;

import java.util.Optional;

/// How sure the server is of who a user is.
public enum AssuranceLevel {
    /// By one factor, such as a password.
    AAL1,
    /// By a second one as well.
    AAL2,
    /// Nobody is signed in.
    NONE,
    /// One that this version does not know.
    UNKNOWN;

    static AssuranceLevel of(Optional<String> name) {
        return switch (name.orElse("")) {
            case "aal1" -> AAL1;
            case "aal2" -> AAL2;
            case "" -> NONE;
            default -> UNKNOWN;
        };
    }
}

package dev.hearth.client.auth;

import java.util.List;

/// A password that was right but breaks the rules of today.
///
/// @param message for the user
/// @param reasons `length`, `characters`, `pwned`, or what the server may add
public record WeakPassword(String message, List<String> reasons) {

    /// Copies.
    public WeakPassword {
        reasons = List.copyOf(reasons);
    }
}

package dev.hearth.client.auth;

import java.util.Optional;

/// What a sign-in or sign-up gave.
///
/// ```java
/// AuthResponse answer = client.auth().signUp("ann@example.com", password);
/// if (answer.session().isEmpty()) {
///     show("Please follow the link that we sent you.");
/// }
/// ```
///
/// @param user who it is; absent only after the first half of a change of address
/// @param session absent while the address or number has to be confirmed
/// @param weakPassword what the server thinks of a password that was right but would not be
///   accepted today
/// @param redirectType where it came by a link: what the link was for, such as `recovery`
public record AuthResponse(
        Optional<User> user,
        Optional<Session> session,
        Optional<WeakPassword> weakPassword,
        Optional<String> redirectType) {}

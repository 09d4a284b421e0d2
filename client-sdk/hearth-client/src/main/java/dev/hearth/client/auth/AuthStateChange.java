package dev.hearth.client.auth;

import java.util.Optional;

/// Something happened to the session.
///
/// @param event what
/// @param session after it; absent when nobody is signed in
/// @param reason of [AuthChangeEvent#SIGNED_OUT], absent for others
public record AuthStateChange(
        AuthChangeEvent event, Optional<Session> session, Optional<SignOutReason> reason) {}

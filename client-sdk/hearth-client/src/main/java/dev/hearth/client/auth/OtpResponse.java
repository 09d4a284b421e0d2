package dev.hearth.client.auth;

import java.util.Optional;

/// A code or a link is under way.
///
/// @param messageId of the text message, where the server tells
public record OtpResponse(Optional<String> messageId) {}

package dev.hearth.client.auth;

import java.util.Locale;

/// How a code gets to a telephone.
public enum MessageChannel {
    /// A text message.
    SMS,
    /// WhatsApp.
    WHATSAPP;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.hearth.realtime.wire;

import dev.hearth.exchange.Bytes;

/// The user's part of a binary broadcast: kinds 3 and 4 of version 2.0.0.
///
/// @param event the user's event name
/// @param encoding what the payload is
/// @param payload handed on byte for byte
public record UserMessage(String event, Encoding encoding, Bytes payload) {

    /// What the payload of a binary broadcast is.
    public enum Encoding {
        /// Raw bytes, 0 on the wire; they cannot reach a 1.0.0 receiver.
        RAW,
        /// One JSON value in UTF-8, 1 on the wire.
        JSON
    }
}

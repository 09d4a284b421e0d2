package dev.hearth.replication;

/// A message that is not what its tag promises. Carries no content of the message, which is data of
/// users.
final class DecodeException extends RuntimeException {
    DecodeException(String message) {
        super(message);
    }
}

package dev.hearth.config;

/// A text that must never be printed. Its `toString` shows nothing of it.
public record Secret(String value) {

    @Override
    public String toString() {
        return "Secret[…]";
    }
}

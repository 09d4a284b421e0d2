package dev.hearth.rest.request;

/// What came of applying a rule. A rule that consumed something and failed is not tried otherwise,
/// unless it was an [attempt][Parser#attempt()].
///
/// @param <T> what the rule makes
sealed interface Parsed<T> {

    /// Whether characters were taken, also in vain.
    boolean consumed();

    /// How it failed, or how it might have gone on.
    ParseError error();

    /// The rule matched.
    ///
    /// @param next the offset behind it
    record Matched<T>(T value, int next, boolean consumed, ParseError error) implements Parsed<T> {}

    /// The rule did not match.
    record Failed<T>(boolean consumed, ParseError error) implements Parsed<T> {}
}

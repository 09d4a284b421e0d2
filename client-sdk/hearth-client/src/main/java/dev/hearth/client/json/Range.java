package dev.hearth.client.json;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// A range of PostgreSQL: `int4range`, `numrange`, `tstzrange`, `daterange` and the like.
///
/// ```java
/// record Booking(long id, Range<OffsetDateTime> during) {}
///
/// client.from("bookings").insert(new Booking(1, Range.closedOpen(from, until))).execute();
/// ```
///
/// On the wire it is the text `[1,10)`; an empty bound is none. PostgreSQL writes ranges of whole
/// numbers and of days back as `[lower,upper)`, whatever was sent.
///
/// @param <T> what it is a range of
/// @param lower the lower bound, if there is one
/// @param upper the upper bound, if there is one
/// @param lowerInclusive whether the lower bound belongs to it
/// @param upperInclusive whether the upper bound belongs to it
/// @param isEmpty whether nothing belongs to it; the bounds say nothing then
public record Range<T>(
        Optional<T> lower,
        Optional<T> upper,
        boolean lowerInclusive,
        boolean upperInclusive,
        boolean isEmpty) {

    /// `[lower,upper)`; null for no bound.
    public static <T> Range<T> closedOpen(@Nullable T lower, @Nullable T upper) {
        return of(lower, upper, lower != null, false);
    }

    /// `[lower,upper]`; null for no bound.
    public static <T> Range<T> closed(@Nullable T lower, @Nullable T upper) {
        return of(lower, upper, lower != null, upper != null);
    }

    /// `(lower,upper)`; null for no bound.
    public static <T> Range<T> open(@Nullable T lower, @Nullable T upper) {
        return of(lower, upper, false, false);
    }

    /// `(lower,upper]`; null for no bound.
    public static <T> Range<T> openClosed(@Nullable T lower, @Nullable T upper) {
        return of(lower, upper, false, upper != null);
    }

    /// Nothing.
    public static <T> Range<T> empty() {
        return new Range<>(Optional.empty(), Optional.empty(), false, false, true);
    }

    private static <T> Range<T> of(
            @Nullable T lower, @Nullable T upper, boolean withLower, boolean withUpper) {
        return new Range<>(
                Optional.ofNullable(lower),
                Optional.ofNullable(upper),
                withLower,
                withUpper,
                false);
    }

    /// Such as `[1,10)`, for people; what goes over the wire is written by the codec.
    @Override
    public String toString() {
        return isEmpty
                ? "empty"
                : (lowerInclusive ? "[" : "(")
                        + lower.map(Object::toString).orElse("")
                        + ","
                        + upper.map(Object::toString).orElse("")
                        + (upperInclusive ? "]" : ")");
    }
}

package dev.hearth.realtime.changes.filter;

import dev.hearth.realtime.changes.filter.Filter.Comparison;
import dev.hearth.realtime.changes.value.Equality;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A filter that the texts of the log decide, without the database. Its values are canonical: what
/// the database writes for them under the stream's settings.
///
/// As in SQL, a comparison with null is neither true nor false and therefore never holds, negated
/// or not; `is` and `isdistinct` know null.
public sealed interface LocalFilter {

    /// Whether the value passes.
    ///
    /// @param value the column's text; empty is null
    boolean passes(Optional<String> value);

    /// The canonical texts of which the column must be one, where that is what the filter says;
    /// then it can be looked up instead of being asked.
    default Optional<Set<String>> lookup() {
        return Optional.empty();
    }

    /// `eq`, `neq` and the like.
    record Compared(Comparison comparison, String canonical, Equality equality, boolean negated)
            implements LocalFilter {
        @Override
        public boolean passes(Optional<String> value) {
            return value.isPresent() && negated != holds(value.get());
        }

        private boolean holds(String value) {
            return switch (comparison) {
                case EQ -> value.equals(canonical);
                case NEQ -> !value.equals(canonical);
                case LT -> compare(value) < 0;
                case LTE -> compare(value) <= 0;
                case GT -> compare(value) > 0;
                case GTE -> compare(value) >= 0;
            };
        }

        private int compare(String value) {
            return equality == Equality.WHOLE
                    ? Long.compare(Long.parseLong(value), Long.parseLong(canonical))
                    : Moments.compare(value, canonical);
        }

        @Override
        public Optional<Set<String>> lookup() {
            boolean equal = comparison == (negated ? Comparison.NEQ : Comparison.EQ);
            return equal ? Optional.of(Set.of(canonical)) : Optional.empty();
        }
    }

    /// `in`.
    ///
    /// @param withNull whether the list holds a null: then a value that is not found is unknown
    record OneOf(Set<String> canonical, boolean withNull, boolean negated) implements LocalFilter {
        /// Copies the set.
        public OneOf {
            canonical = Set.copyOf(canonical);
        }

        /// From the list as the database wrote it.
        public static OneOf of(List<Optional<String>> values, boolean negated) {
            return new OneOf(
                    Set.copyOf(values.stream().flatMap(Optional::stream).toList()),
                    values.stream().anyMatch(Optional::isEmpty),
                    negated);
        }

        @Override
        public boolean passes(Optional<String> value) {
            if (canonical.isEmpty() && !withNull) {
                return negated;
            }
            if (value.isEmpty()) {
                return false;
            }
            boolean found = canonical.contains(value.get());
            return negated ? !found && !withNull : found;
        }

        @Override
        public Optional<Set<String>> lookup() {
            return negated ? Optional.empty() : Optional.of(canonical);
        }
    }

    /// `isdistinct`.
    record DistinctFrom(String canonical, boolean negated) implements LocalFilter {
        @Override
        public boolean passes(Optional<String> value) {
            return negated == value.equals(Optional.of(canonical));
        }

        @Override
        public Optional<Set<String>> lookup() {
            return negated ? Optional.of(Set.of(canonical)) : Optional.empty();
        }
    }

    /// `is.null` and `is.unknown`.
    record IsNull(boolean negated) implements LocalFilter {
        @Override
        public boolean passes(Optional<String> value) {
            return negated != value.isEmpty();
        }
    }

    /// `is.true` and `is.false`.
    record IsTruth(boolean truth, boolean negated) implements LocalFilter {
        @Override
        public boolean passes(Optional<String> value) {
            return negated != value.equals(Optional.of(truth ? "t" : "f"));
        }
    }
}

package dev.hearth.rest.plan;

import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Operation;

import java.util.List;

/// A condition that rows must meet.
public sealed interface Predicate {

    /// A field is compared with values.
    record Comparison(Reference field, boolean negated, Operation operation) implements Predicate {}

    /// Something is embedded, or nothing is.
    ///
    /// @param alias of the [Embedding] of the same node
    record Embedded(String alias, boolean present) implements Predicate {}

    /// Several conditions of which all or one must hold.
    record Group(boolean negated, Connective connective, List<Predicate> terms)
            implements Predicate {
        /// Copies the list.
        public Group {
            terms = List.copyOf(terms);
        }
    }
}

package dev.hearth.rest.request;

import java.util.List;

/// A tree of filters: `and(name.eq.N,or(id.eq.1,not.and(id.eq.2,a.is.null)))`.
public sealed interface Condition {

    /// One field and what is asked of it.
    record Filter(Field field, boolean negated, Operation operation) implements Condition {}

    /// Several conditions of which all or one must hold.
    record Group(boolean negated, Connective connective, List<Condition> terms)
            implements Condition {
        /// Copies the list.
        public Group {
            terms = List.copyOf(terms);
        }
    }

    /// What joins the terms of a group.
    enum Connective {
        AND,
        OR
    }
}

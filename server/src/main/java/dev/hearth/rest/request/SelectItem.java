package dev.hearth.rest.request;

import java.util.List;
import java.util.Optional;

/// What a `select` asks for, at one level.
///
/// | text | is |
/// |---|---|
/// | `*` | [Star] |
/// | `alias:col->key::cast.sum()::text` | [Column] |
/// | `count()` | [Column] of the field `*` |
/// | `alias:rel!hint!inner(…)` | [Embed] |
/// | `...rel(…)` | [Spread] |
public sealed interface SelectItem {

    /// All columns.
    record Star() implements SelectItem {}

    /// A column, a computed field or an aggregate of one.
    ///
    /// @param field `*` only under an aggregate
    /// @param cast the type that the field is cast to
    /// @param aggregateCast the type that the aggregate is cast to
    record Column(
            Field field,
            Optional<String> cast,
            Optional<Aggregate> aggregate,
            Optional<String> aggregateCast,
            Optional<String> alias)
            implements SelectItem {}

    /// The rows of another relation, under a name of their own.
    record Embed(
            String relation,
            Optional<String> alias,
            Optional<String> hint,
            Optional<Join> join,
            List<SelectItem> select)
            implements SelectItem {
        /// Copies the list.
        public Embed {
            select = List.copyOf(select);
        }
    }

    /// The columns of another relation, as if they were the parent's.
    record Spread(
            String relation, Optional<String> hint, Optional<Join> join, List<SelectItem> select)
            implements SelectItem {
        /// Copies the list.
        public Spread {
            select = List.copyOf(select);
        }
    }

    /// What becomes of parents without a match.
    enum Join {
        /// They stay.
        LEFT,
        /// They go.
        INNER
    }

    /// The aggregates that may be asked for.
    enum Aggregate {
        SUM,
        AVG,
        COUNT,
        MAX,
        MIN
    }
}

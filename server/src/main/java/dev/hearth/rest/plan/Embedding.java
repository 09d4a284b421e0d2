package dev.hearth.rest.plan;

import dev.hearth.rest.request.SelectItem.Aggregate;

import java.util.List;
import java.util.Optional;

/// Rows that are embedded in others.
public sealed interface Embedding {

    /// What the joined rows are called within the statement.
    String alias();

    /// Whether rows without a match are left out.
    boolean inner();

    /// What is embedded.
    ReadNode rows();

    /// Under a key of its own: an object or null where there is at most one, else an array.
    ///
    /// @param hidden whether nothing is selected of it: it joins and filters only
    record Nested(
            String key, String alias, boolean toOne, boolean inner, boolean hidden, ReadNode rows)
            implements Embedding {}

    /// As fields of the node above; an array each, where there may be several rows.
    ///
    /// @param order of the arrays
    record Spread(
            String alias,
            boolean toOne,
            boolean inner,
            List<SpreadField> fields,
            List<Ordering> order,
            ReadNode rows)
            implements Embedding {
        /// Copies the lists.
        public Spread {
            fields = List.copyOf(fields);
            order = List.copyOf(order);
        }
    }

    /// A field that is lifted to the node above.
    ///
    /// @param name its name below, or `*`
    /// @param aggregate applied above, where it groups by what is selected there
    /// @param alias its name above; that below where there is none
    record SpreadField(
            String name,
            Optional<Aggregate> aggregate,
            Optional<String> aggregateCast,
            Optional<String> alias) {}
}

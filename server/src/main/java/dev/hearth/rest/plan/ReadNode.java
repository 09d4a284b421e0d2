package dev.hearth.rest.plan;

import dev.hearth.rest.request.Window;

import java.util.List;

/// The rows of one relation, with those of others that are embedded in them.
///
/// @param fields what is selected, before the embeddings
/// @param where conditions that all must hold
/// @param joins what ties the rows to those of the node above
public record ReadNode(
        Source source,
        List<SelectedField> fields,
        List<Embedding> embeddings,
        List<Predicate> where,
        List<JoinCondition> joins,
        List<Ordering> order,
        Window window) {

    /// Copies the lists.
    public ReadNode {
        fields = List.copyOf(fields);
        embeddings = List.copyOf(embeddings);
        where = List.copyOf(where);
        joins = List.copyOf(joins);
        order = List.copyOf(order);
    }
}

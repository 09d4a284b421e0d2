package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.request.SelectItem;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The columns of a changed or called relation that an answer and what is embedded in it need.
final class Returning {

    private static final List<String> EVERYTHING = List.of("*");

    private Returning() {}

    /// @param primaryKey for the address of a new row
    static List<String> of(Joined root, List<String> primaryKey) {
        var columns = new TreeSet<String>();
        for (SelectItem field : root.branch().fields()) {
            columns.add(field instanceof SelectItem.Column column ? column.field().name() : "*");
        }
        boolean computed =
                root.below().stream()
                        .anyMatch(
                                each -> each.way().orElseThrow() instanceof Relationship.Computed);
        if (columns.contains("*") || computed) {
            return EVERYTHING;
        }
        root.below().stream().flatMap(each -> keys(each.way().orElseThrow())).forEach(columns::add);
        columns.addAll(primaryKey);
        return List.copyOf(columns);
    }

    private static Stream<String> keys(Relationship way) {
        return switch (way) {
            case Relationship.ForeignKey key -> key.columns().stream().map(Pair::origin);
            case Relationship.ManyToMany many -> many.originColumns().stream().map(Pair::origin);
            case Relationship.Computed _ -> Stream.empty();
        };
    }
}

package dev.hearth.rest.catalog;

import dev.hearth.rest.catalog.Relationship.Computed;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.ManyToMany;
import dev.hearth.rest.catalog.Relationship.Pair;

import java.util.Comparator;
import java.util.List;

/// The order of the relationships of one origin, which error PGRST201 shows: by target; then
/// one-to-many, many-to-one, one-to-one, many-to-many; then by constraint, of a junction by its
/// name first; then by columns. Computed ones come last.
final class RelationshipOrder {

    private static final Comparator<List<Pair>> BY_COLUMNS =
            Comparator.comparing(RelationshipOrder::text);

    private static final Comparator<ForeignKey> BY_CONSTRAINT =
            Comparator.comparing(ForeignKey::cardinality)
                    .thenComparing(ForeignKey::constraint)
                    .thenComparing(ForeignKey::columns, BY_COLUMNS);

    private static final Comparator<ManyToMany> BY_JUNCTION =
            Comparator.comparing(ManyToMany::junction)
                    .thenComparing(ManyToMany::originConstraint)
                    .thenComparing(ManyToMany::targetConstraint)
                    .thenComparing(ManyToMany::originColumns, BY_COLUMNS)
                    .thenComparing(ManyToMany::targetColumns, BY_COLUMNS);

    static final Comparator<Relationship> COMPARATOR =
            Comparator.comparing((Relationship each) -> each instanceof Computed)
                    .thenComparing(RelationshipOrder::place)
                    .thenComparing(each -> each instanceof ManyToMany)
                    .thenComparing(RelationshipOrder::compareWithin);

    private RelationshipOrder() {}

    private static QualifiedName place(Relationship relationship) {
        return relationship instanceof Computed computed
                ? computed.function()
                : relationship.target();
    }

    private static int compareWithin(Relationship one, Relationship other) {
        return switch (one) {
            case ForeignKey key when other instanceof ForeignKey second ->
                    BY_CONSTRAINT.compare(key, second);
            case ManyToMany junction when other instanceof ManyToMany second ->
                    BY_JUNCTION.compare(junction, second);
            case ForeignKey _, ManyToMany _, Computed _ -> 0;
        };
    }

    private static String text(List<Pair> columns) {
        var text = new StringBuilder();
        for (Pair pair : columns) {
            text.append(pair.origin()).append('\0').append(pair.other()).append('\0');
        }
        return text.toString();
    }
}

package dev.hearth.rest.catalog;

import java.util.List;

/// A way from one relation to the rows of another (rest.md 12).
public sealed interface Relationship {

    /// Where it starts.
    QualifiedName origin();

    /// Where it leads.
    QualifiedName target();

    /// Whether there is at most one row at its end.
    boolean toOne();

    /// The schema in which a request finds it.
    default String foundIn() {
        return target().schema();
    }

    /// Whether a relation refers to itself.
    default boolean self() {
        return origin().equals(target());
    }

    /// A pair of columns that must be equal.
    ///
    /// @param origin of the relation where the relationship starts; for a junction, of its end
    /// @param other of the relation where it leads; for a junction, of the junction
    record Pair(String origin, String other) {}

    /// A foreign key, seen from one of its ends.
    ///
    /// @param constraint the name of the foreign key
    /// @param originIsView whether the origin is a view that shows the key's columns
    /// @param targetIsView whether the target is a view that shows the key's columns
    /// @param inverse whether it starts at the end that the key refers to
    record ForeignKey(
            QualifiedName origin,
            QualifiedName target,
            Cardinality cardinality,
            String constraint,
            List<Pair> columns,
            boolean originIsView,
            boolean targetIsView,
            boolean inverse)
            implements Relationship {

        /// Copies the list.
        public ForeignKey {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean toOne() {
            return cardinality != Cardinality.ONE_TO_MANY;
        }
    }

    /// How many rows stand at the ends of a foreign key.
    enum Cardinality {
        ONE_TO_MANY("one-to-many"),
        MANY_TO_ONE("many-to-one"),
        ONE_TO_ONE("one-to-one");

        private final String text;

        Cardinality(String text) {
            this.text = text;
        }

        /// As messages say it.
        public String text() {
            return text;
        }
    }

    /// Many-to-many: a junction refers to both ends.
    ///
    /// @param originConstraint the junction's foreign key to the origin
    /// @param targetConstraint the junction's foreign key to the target
    /// @param originColumns pairs of the origin and the junction
    /// @param targetColumns pairs of the target and the junction
    record ManyToMany(
            QualifiedName origin,
            QualifiedName target,
            QualifiedName junction,
            String originConstraint,
            String targetConstraint,
            List<Pair> originColumns,
            List<Pair> targetColumns)
            implements Relationship {

        /// Copies the lists.
        public ManyToMany {
            originColumns = List.copyOf(originColumns);
            targetColumns = List.copyOf(targetColumns);
        }

        @Override
        public boolean toOne() {
            return false;
        }
    }

    /// A function of the origin's row that returns rows of the target; known by its own name.
    record Computed(
            QualifiedName function, QualifiedName origin, QualifiedName target, boolean toOne)
            implements Relationship {

        /// The function's, since it is asked for by the function's name.
        @Override
        public String foundIn() {
            return function.schema();
        }
    }
}

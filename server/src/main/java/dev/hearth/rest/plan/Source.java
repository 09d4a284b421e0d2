package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.QualifiedName;

import java.util.Optional;

/// Where the rows of a node come from.
public sealed interface Source {

    /// What the columns of the rows are qualified with.
    Qualifier qualifier();

    /// A relation.
    ///
    /// @param alias empty for the relation's own name
    record Table(QualifiedName name, Optional<String> alias) implements Source {
        @Override
        public Qualifier qualifier() {
            return alias.map(Qualifier::alias).orElseGet(() -> Qualifier.of(name));
        }
    }

    /// A relation at the far end of a junction; both without an alias.
    record BehindJunction(QualifiedName name, QualifiedName junction) implements Source {
        @Override
        public Qualifier qualifier() {
            return Qualifier.of(name);
        }
    }

    /// A function of a row of the node above.
    ///
    /// @param row what that row is called
    /// @param rowType the relation whose rows the function takes
    record RowFunction(QualifiedName function, Qualifier row, QualifiedName rowType, String alias)
            implements Source {
        @Override
        public Qualifier qualifier() {
            return Qualifier.alias(alias);
        }
    }

    /// What the statement has changed or called.
    ///
    /// @param alias the name of the relation whose rows these are, so that computed fields are
    ///   found
    record Outcome(String alias) implements Source {
        @Override
        public Qualifier qualifier() {
            return Qualifier.alias(alias);
        }
    }
}

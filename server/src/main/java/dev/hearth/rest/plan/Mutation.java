package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.QualifiedName;

import java.util.List;
import java.util.Optional;

/// A change of a relation.
public sealed interface Mutation {

    /// What is changed.
    QualifiedName relation();

    /// The columns of the changed rows that the answer needs; empty for none, `*` for all.
    List<String> returning();

    /// Rows are inserted.
    ///
    /// @param columns what the body gives
    /// @param object whether the body is one JSON object, not an array
    /// @param conflict what becomes of rows that are there already
    /// @param primaryKey for the address of a new row
    /// @param defaults whether what the body leaves out takes the column's default, not null
    record Insert(
            QualifiedName relation,
            List<BodyColumn> columns,
            boolean object,
            Optional<Conflict> conflict,
            List<String> returning,
            List<String> primaryKey,
            boolean defaults)
            implements Mutation {
        /// Copies the lists.
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
            primaryKey = List.copyOf(primaryKey);
        }
    }

    /// One row is inserted, or overwritten where it is there already (`PUT`).
    ///
    /// @param where the key of the address, which the body must repeat
    record Upsert(
            QualifiedName relation,
            List<BodyColumn> columns,
            boolean object,
            List<Predicate> where,
            List<String> returning,
            List<String> primaryKey)
            implements Mutation {
        /// Copies the lists.
        public Upsert {
            columns = List.copyOf(columns);
            where = List.copyOf(where);
            returning = List.copyOf(returning);
            primaryKey = List.copyOf(primaryKey);
        }
    }

    /// Rows are changed.
    ///
    /// @param columns what the body gives; none changes nothing
    record Update(
            QualifiedName relation,
            List<BodyColumn> columns,
            boolean object,
            List<Predicate> where,
            List<String> returning,
            boolean defaults)
            implements Mutation {
        /// Copies the lists.
        public Update {
            columns = List.copyOf(columns);
            where = List.copyOf(where);
            returning = List.copyOf(returning);
        }
    }

    /// Rows are deleted.
    record Delete(QualifiedName relation, List<Predicate> where, List<String> returning)
            implements Mutation {
        /// Copies the lists.
        public Delete {
            where = List.copyOf(where);
            returning = List.copyOf(returning);
        }
    }

    /// A column that the body gives.
    ///
    /// @param type as SQL text
    /// @param representation the function that makes the value of the JSON, as SQL text
    /// @param defaultExpression SQL that makes the value of rows that leave it out
    record BodyColumn(
            String name,
            String type,
            Optional<String> representation,
            Optional<String> defaultExpression) {}

    /// What becomes of rows that are there already.
    ///
    /// @param merge whether they are overwritten, not left as they are
    /// @param columns that tell a conflict; with none of them there is no such clause
    record Conflict(boolean merge, List<String> columns) {
        /// Copies the list.
        public Conflict {
            columns = List.copyOf(columns);
        }
    }
}

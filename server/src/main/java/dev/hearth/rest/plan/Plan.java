package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.request.Preferences.Count;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a request will do. Never touches the database.
public sealed interface Plan {

    /// A plan that is carried out by one statement.
    sealed interface Statement extends Plan {

        /// The rows of the answer and what they carry with them.
        ReadNode rows();

        /// What becomes of the rows.
        Format format();

        /// Whether the transaction may not write.
        boolean readOnly();
    }

    /// Reads a relation.
    ///
    /// @param headOnly whether nobody wants the body
    /// @param count how all rows that match are counted, beside those that are answered
    /// @param maxRows the most rows that an answer may have; an estimate counts no further
    record Read(
            QualifiedName relation,
            ReadNode rows,
            Format format,
            boolean headOnly,
            Optional<Count> count,
            OptionalLong maxRows)
            implements Statement {

        @Override
        public boolean readOnly() {
            return true;
        }
    }

    /// Changes a relation and reads back what it changed.
    record Write(Mutation mutation, ReadNode rows, Format format) implements Statement {

        @Override
        public boolean readOnly() {
            return false;
        }
    }

    /// Calls a function.
    ///
    /// @param count how all rows that match are counted, beside those that are answered
    /// @param returning the columns that the answer and its embeds need; empty for all
    /// @param filtered the columns that conditions and order need beside those
    record Call(
            Routine routine,
            Arguments arguments,
            List<String> returning,
            List<String> filtered,
            ReadNode rows,
            Format format,
            boolean readOnly,
            boolean headOnly,
            Optional<Count> count)
            implements Statement {

        /// Copies the lists.
        public Call {
            returning = List.copyOf(returning);
            filtered = List.copyOf(filtered);
        }
    }

    /// Describes a schema as an OpenAPI document.
    record Describe(String schema, boolean headOnly) implements Plan {}

    /// Says which methods an address takes.
    ///
    /// @param methods in upstream's order, joined by commas
    record Allow(String methods) implements Plan {}
}

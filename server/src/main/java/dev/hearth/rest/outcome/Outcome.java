package dev.hearth.rest.outcome;

import dev.hearth.exchange.Body;
import dev.hearth.exchange.Bytes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the database answered.
public sealed interface Outcome {

    /// What is known of the rows beside them.
    ///
    /// @param total how many match in all; empty where nobody counted
    /// @param page how many there are
    /// @param responseHeaders what SQL set as `response.headers`, unread
    /// @param responseStatus what SQL set as `response.status`, unread
    record Found(
            OptionalLong total,
            long page,
            Optional<String> responseHeaders,
            Optional<String> responseStatus) {

        /// Nothing at all.
        static final Found NOTHING =
                new Found(OptionalLong.empty(), 0, Optional.empty(), Optional.empty());
    }

    /// One column of the address of a new row.
    ///
    /// @param filter as in a query: `eq.42`
    record KeyPart(String column, String filter) {}

    /// Rows, as the body that the database built.
    ///
    /// @param location the address of the only new row; empty where there is none
    /// @param inserted how many rows are new, where some were overwritten
    record Rows(Found found, List<KeyPart> location, OptionalLong inserted, Bytes body)
            implements Outcome {

        /// Copies the list.
        public Rows {
            location = List.copyOf(location);
        }
    }

    /// Rows that are too many for one value. The transaction is open until the body is closed,
    /// which whoever takes it must do.
    ///
    /// @param body a JSON array; throws what the database refuses on the way as an `IOException`
    record Streamed(Found found, Body body) implements Outcome {}

    /// A plan.
    ///
    /// @param text its lines, each with its end
    record Explained(Bytes text) implements Outcome {}
}

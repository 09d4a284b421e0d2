package dev.hearth.rest.request;

/// What a method asks of an address (rest.md 3).
public sealed interface Action {

    /// Reads a relation.
    ///
    /// @param headOnly whether nobody wants the body
    record Read(String relation, boolean headOnly) implements Action {}

    /// Changes a relation.
    record Change(String relation, Kind kind) implements Action {

        /// How.
        public enum Kind {
            /// `POST`
            INSERT,
            /// `PATCH`
            UPDATE,
            /// `PUT`
            UPSERT,
            /// `DELETE`
            DELETE
        }
    }

    /// Calls a function.
    record Call(String function, How how) implements Action {

        /// With what and for what.
        public enum How {
            /// With the query string.
            GET,
            /// With the query string; nobody wants the body.
            HEAD,
            /// With a body.
            POST
        }
    }

    /// Describes the schema.
    ///
    /// @param headOnly whether nobody wants the body
    record Describe(boolean headOnly) implements Action {}

    /// Asks which methods a relation takes.
    record RelationOptions(String relation) implements Action {}

    /// Asks which methods a function takes.
    record FunctionOptions(String function) implements Action {}

    /// Asks which methods the root takes.
    record RootOptions() implements Action {}
}

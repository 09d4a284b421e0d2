package dev.hearth.rest.request;

import java.util.Optional;

/// One item of an `order`: `age.desc.nullslast`, `client(name).asc`.
///
/// @param relation the embedded to-one relation whose field orders; empty for an own field
/// @param direction left to the database when absent
/// @param nulls left to the database when absent
public record OrderTerm(
        Optional<String> relation,
        Field field,
        Optional<Direction> direction,
        Optional<Nulls> nulls) {

    /// Which way.
    public enum Direction {
        ASC,
        DESC
    }

    /// Where rows without a value go.
    public enum Nulls {
        FIRST,
        LAST
    }
}

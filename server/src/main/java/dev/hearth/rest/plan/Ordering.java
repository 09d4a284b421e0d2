package dev.hearth.rest.plan;

import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.OrderTerm.Nulls;

import java.util.Optional;

/// One item of an order.
///
/// @param direction left to the database when absent
/// @param nulls left to the database when absent
public record Ordering(Reference field, Optional<Direction> direction, Optional<Nulls> nulls) {}

package dev.hearth.rest.plan;

import java.util.OptionalLong;

/// What of the configuration decides how a request is planned.
///
/// @param maxRows the most rows of every node of an answer (`PGRST_DB_MAX_ROWS`)
/// @param aggregates whether aggregates may be asked for (`PGRST_DB_AGGREGATES_ENABLED`)
/// @param explains whether the plan of a statement may be asked for (`PGRST_DB_PLAN_ENABLED`)
/// @param requiresWhere whether changes and deletions without a filter are refused
///   (`HEARTH_REQUIRE_WHERE`)
public record PlanRules(
        OptionalLong maxRows, boolean aggregates, boolean explains, boolean requiresWhere) {}

package dev.hearth.rest;

import dev.hearth.database.RequestSettings;
import dev.hearth.rest.outcome.Commands;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.RestRequest;

import java.util.Optional;

/// What is made of a request, once for all that differ in their values only.
///
/// @param request understood; where a value belongs stands its mark, so nothing of it may be shown
/// @param plan made of it
/// @param work what the database is to do; empty where nothing
record Template(RestRequest request, Plan plan, Optional<Work> work) {

    /// What the database is to do.
    ///
    /// @param settings those that are the same for all these requests
    /// @param zoneKnown whether the database knows the time zone that is preferred
    record Work(RequestSettings settings, Commands commands, boolean zoneKnown) {}
}

package dev.hearth.rest.request;

import java.util.List;
import java.util.Optional;

/// What of the configuration decides how a request is understood.
///
/// @param schemas that are exposed, the default one first; at least one
/// @param describes whether the root answers at all (`PGRST_OPENAPI_MODE`)
/// @param rootFunction the function that answers for the root (`PGRST_DB_ROOT_SPEC`)
public record RequestRules(List<String> schemas, boolean describes, Optional<String> rootFunction) {

    /// Copies the list.
    public RequestRules {
        schemas = List.copyOf(schemas);
    }
}

package dev.hearth.rest.catalog;

import java.util.List;

/// What is read into a catalog.
///
/// @param schemas exposed to requests (`PGRST_DB_SCHEMAS`)
/// @param extraSearchPath schemas through whose views keys are traced as well
///   (`PGRST_DB_EXTRA_SEARCH_PATH`)
/// @param hoistedSettings settings of a function that hold for its whole transaction
///   (`PGRST_DB_HOISTED_TX_SETTINGS`)
public record CatalogSettings(
        List<String> schemas, List<String> extraSearchPath, List<String> hoistedSettings) {

    /// The settings that are hoisted where nothing else is said.
    public static final List<String> HOISTED =
            List.of(
                    "statement_timeout",
                    "plan_filter.statement_cost_limit",
                    "default_transaction_isolation");

    /// Copies the lists.
    public CatalogSettings {
        schemas = List.copyOf(schemas);
        extraSearchPath = List.copyOf(extraSearchPath);
        hoistedSettings = List.copyOf(hoistedSettings);
    }
}

package dev.hearth.rest.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A function that can be called, one of possibly several of its name (rest.md 11).
///
/// @param comment what the database says about it
/// @param returns what comes back
/// @param settings of the function that hold for the whole transaction, by name
/// @param isolation the isolation level that the function asks for, as SQL text
public record Routine(
        QualifiedName name,
        Optional<String> comment,
        List<Parameter> parameters,
        Returned returns,
        Volatility volatility,
        Map<String, String> settings,
        Optional<String> isolation) {

    /// Copies the collections.
    public Routine {
        parameters = List.copyOf(parameters);
        settings = Map.copyOf(settings);
    }

    /// A parameter that a caller can give.
    ///
    /// @param name empty for one that has none
    /// @param type as SQL text
    /// @param widestType the type that takes any length: `character varying` for `character`
    /// @param required whether it has no default
    /// @param variadic whether it takes any number of values
    public record Parameter(
            String name, String type, String widestType, boolean required, boolean variadic) {}

    /// What a function returns.
    ///
    /// @param type of the value, or of the row
    /// @param set whether any number of them
    /// @param composite whether it has columns: a row type, or parameters that go out
    /// @param domain whether the type is a domain over the one that is named here
    public record Returned(QualifiedName type, boolean set, boolean composite, boolean domain) {

        /// One value that is no row.
        public boolean scalar() {
            return !set && !composite;
        }

        /// Any number of values that are no rows.
        public boolean setOfScalar() {
            return set && !composite;
        }

        /// One row.
        public boolean singleComposite() {
            return !set && composite;
        }

        /// Nothing at all.
        public boolean nothing() {
            return scalar() && type.equals(new QualifiedName("pg_catalog", "void"));
        }
    }

    /// What a function may do.
    public enum Volatility {
        VOLATILE,
        STABLE,
        IMMUTABLE
    }

    /// Whether one of the parameters takes any number of values.
    public boolean variadic() {
        return parameters.stream().anyMatch(Parameter::variadic);
    }
}

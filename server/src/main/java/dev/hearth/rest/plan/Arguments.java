package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.Routine.Parameter;

import java.util.List;

/// What a function is called with.
public sealed interface Arguments {

    /// The whole body, to the only parameter, which has no name.
    record WholeBody(Parameter parameter) implements Arguments {}

    /// Members of a JSON body.
    ///
    /// @param object whether the body is one JSON object; of an array, the first element counts
    record Members(List<Parameter> parameters, boolean object) implements Arguments {
        /// Copies the list.
        public Members {
            parameters = List.copyOf(parameters);
        }
    }

    /// Values of the query string or of a form.
    record Values(List<Given> given) implements Arguments {
        /// Copies the list.
        public Values {
            given = List.copyOf(given);
        }
    }

    /// The values of a parameter.
    ///
    /// @param values exactly one, unless the parameter is variadic
    record Given(Parameter parameter, List<String> values) {
        /// Copies the list.
        public Given {
            values = List.copyOf(values);
        }
    }
}

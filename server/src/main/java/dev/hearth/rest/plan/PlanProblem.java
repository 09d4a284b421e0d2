package dev.hearth.rest.plan;

import dev.hearth.problem.Problem;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Routine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a request that was understood cannot be carried out (rest.md 15.1).
public sealed interface PlanProblem extends Problem {

    /// A relation that is not there.
    record UnknownRelation(QualifiedName relation, Optional<String> hint) implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            404,
                            "PGRST205",
                            "Could not find the table '%s' in the schema cache".formatted(relation))
                    .withHint(hint);
        }
    }

    /// A column of the body that the relation does not have.
    record UnknownColumn(String relation, String column) implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    400,
                    "PGRST204",
                    "Could not find the '%s' column of '%s' in the schema cache"
                            .formatted(column, relation));
        }
    }

    /// No way leads from one relation to the other.
    ///
    /// @param disambiguation what was sent to tell several apart
    record NoRelationship(
            String origin,
            String target,
            Optional<String> disambiguation,
            String schema,
            Optional<String> hint)
            implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            400,
                            "PGRST200",
                            "Could not find a relationship between '%s' and '%s' in the schema cache"
                                    .formatted(origin, target))
                    .withDetails(
                            "Searched for a foreign key relationship between '%s' and '%s%s' in the schema '%s', but no matches were found."
                                    .formatted(
                                            origin,
                                            target,
                                            disambiguation
                                                    .map(hint -> "' using the hint '" + hint)
                                                    .orElse(""),
                                            schema))
                    .withHint(hint);
        }
    }

    /// Several ways lead from one relation to the other.
    ///
    /// @param candidates all of them; the details are an array that tells of each
    record AmbiguousRelationship(String origin, String target, List<Relationship> candidates)
            implements PlanProblem {

        /// Copies the list.
        public AmbiguousRelationship {
            candidates = List.copyOf(candidates);
        }

        @Override
        public Facts facts() {
            return Facts.of(
                            300,
                            "PGRST201",
                            "Could not embed because more than one relationship was found for '%s' and '%s'"
                                    .formatted(origin, target))
                    .withHint(
                            "Try changing '%s' to one of the following: %s. Find the desired relationship in the 'details' key."
                                    .formatted(
                                            target,
                                            candidates.stream()
                                                    .map(AmbiguousRelationship::choice)
                                                    .collect(Collectors.joining(", "))));
        }

        private static String choice(Relationship relationship) {
            String by =
                    switch (relationship) {
                        case Relationship.ForeignKey key -> key.constraint();
                        case Relationship.ManyToMany many -> many.junction().name();
                        case Relationship.Computed computed -> computed.function().name();
                    };
            return "'%s!%s'".formatted(relationship.target().name(), by);
        }
    }

    /// No function of that name takes those arguments.
    ///
    /// @param names of the arguments
    /// @param searched what was looked for, in upstream's words
    /// @param named whether the message names the arguments
    record UnknownFunction(
            QualifiedName function,
            List<String> names,
            String searched,
            boolean named,
            Optional<String> hint)
            implements PlanProblem {

        /// Copies the list.
        public UnknownFunction {
            names = List.copyOf(names);
        }

        @Override
        public Facts facts() {
            String given =
                    names.isEmpty() ? " without parameters" : "(" + String.join(", ", names) + ")";
            return Facts.of(
                            404,
                            "PGRST202",
                            "Could not find the function %s%s in the schema cache"
                                    .formatted(function, named ? given : ""))
                    .withDetails(
                            "Searched for the function %s%s, but no matches were found in the schema cache."
                                    .formatted(function, searched))
                    .withHint(hint);
        }
    }

    /// Several functions of that name take those arguments.
    record AmbiguousFunction(List<Routine> candidates) implements PlanProblem {

        /// Copies the list.
        public AmbiguousFunction {
            candidates = List.copyOf(candidates);
        }

        @Override
        public Facts facts() {
            return Facts.of(
                            300,
                            "PGRST203",
                            "Could not choose the best candidate function between: "
                                    + candidates.stream()
                                            .map(AmbiguousFunction::signature)
                                            .collect(Collectors.joining(", ")))
                    .withHint(
                            "Try renaming the parameters or the function itself in the database so"
                                    + " function overloading can be resolved");
        }

        private static String signature(Routine routine) {
            return routine.parameters().stream()
                    .map(parameter -> parameter.name() + " => " + parameter.type())
                    .collect(Collectors.joining(", ", routine.name() + "(", ")"));
        }
    }

    /// A parameter for a level that is not selected.
    record NotEmbedded(String name) implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            400,
                            "PGRST108",
                            "'%s' is not an embedded resource in this request".formatted(name))
                    .withHint(
                            "Verify that '%s' is included in the 'select' query parameter."
                                    .formatted(name));
        }
    }

    /// An order by a level that may have several rows.
    record OrderByMany(String origin, String target) implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            400,
                            "PGRST118",
                            "A related order on '%s' is not possible".formatted(target))
                    .withDetails(
                            "'%s' and '%s' do not form a many-to-one or one-to-one relationship"
                                    .formatted(origin, target));
        }
    }

    /// An aggregate, where the configuration allows none.
    record AggregatesOff() implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(400, "PGRST123", "Use of aggregate functions is not allowed");
        }
    }

    /// An aggregate of what is spread from several rows.
    record AggregateOfMany() implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(400, "PGRST127", "Feature not implemented")
                    .withDetails(
                            "Aggregates are not implemented for one-to-many or many-to-many"
                                    + " spreads.");
        }
    }

    /// A `PUT` whose filters are not its key.
    record NotTheKey() implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    405,
                    "PGRST105",
                    "Filters must include all and only primary key columns with 'eq' operators");
        }
    }

    /// A media type that nothing makes.
    ///
    /// @param accepted what would have been taken
    record NotAcceptable(List<String> accepted) implements PlanProblem {

        /// Copies the list.
        public NotAcceptable {
            accepted = List.copyOf(accepted);
        }

        @Override
        public Facts facts() {
            return Facts.of(
                    406,
                    "PGRST107",
                    "None of these media types are available: " + String.join(", ", accepted));
        }
    }

    /// Preferences that are none, under strict handling.
    record UnknownPreferences(List<String> preferences) implements PlanProblem {

        /// Copies the list.
        public UnknownPreferences {
            preferences = List.copyOf(preferences);
        }

        @Override
        public Facts facts() {
            return Facts.of(400, "PGRST122", "Invalid preferences given with handling=strict")
                    .withDetails("Invalid preferences: " + String.join(", ", preferences));
        }
    }

    /// A limit of affected rows, for a function that returns no set.
    record NothingToCount() implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                    400,
                    "PGRST128",
                    "Function must return SETOF or TABLE when max-affected preference is used with"
                            + " handling=strict");
        }
    }

    /// A change or deletion of every row. The hosted platform's database refuses it in these words.
    ///
    /// @param verb `UPDATE` or `DELETE`
    record NoWhere(String verb) implements PlanProblem {
        @Override
        public Facts facts() {
            return Facts.of(400, "21000", verb + " requires a WHERE clause");
        }
    }
}

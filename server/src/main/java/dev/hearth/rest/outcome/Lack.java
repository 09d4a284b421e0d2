package dev.hearth.rest.outcome;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a role lacks, in words and with the SQL that would mend it. Names are quoted where SQL
/// needs it.
final class Lack {

    private Lack() {}

    /// @param needed what the statement does with the relation
    /// @param granted what the role may do with all of its columns
    /// @return empty when nothing that is needed is missing
    static Optional<String> ofGrants(
            String role, String relation, Set<Right> needed, Set<Right> granted) {
        List<Right> missing =
                needed.stream().filter(right -> !granted.contains(right)).sorted().toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String words = joined(missing);
        return Optional.of(
                "A grant is missing, not a policy: role %s lacks %s on %s. grant %s on %s to %s;"
                        .formatted(role, words, relation, words, relation, role));
    }

    /// A grant on something else than a relation.
    ///
    /// @param right such as `usage`
    /// @param thing with its kind: `schema private`
    static String ofGrant(String role, String right, String thing) {
        return "A grant is missing, not a policy: role %s lacks %s on %s. grant %s on %s to %s;"
                .formatted(role, right, thing, right, thing, role);
    }

    /// Why row level security refuses a row.
    ///
    /// @param needed what the statement does with the relation
    /// @param policies by what they are for, the names of those that the role has
    static String ofPolicies(
            String role, String relation, Set<Right> needed, Map<Right, List<String>> policies) {
        List<Right> missing =
                needed.stream()
                        .filter(right -> policies.getOrDefault(right, List.of()).isEmpty())
                        .sorted()
                        .toList();
        if (missing.isEmpty()) {
            return "A policy refuses the row, no grant is missing. Of each the row must pass one: "
                    + needed.stream()
                            .sorted()
                            .map(
                                    right ->
                                            "for %s %s"
                                                    .formatted(
                                                            right.word(),
                                                            String.join(
                                                                    ", ",
                                                                    policies.getOrDefault(
                                                                            right, List.of()))))
                            .collect(Collectors.joining("; "))
                    + ".";
        }
        return "A policy is missing, no grant: row level security is on for %s and no policy lets"
                        .formatted(relation)
                + " role %s %s.".formatted(role, joined(missing))
                + (missing.contains(Right.SELECT)
                        ? " A row that is answered (return=representation) or found by a filter"
                                + " must be one that a policy for select shows."
                        : "")
                + missing.stream()
                        .map(right -> " " + policy(role, relation, right))
                        .collect(Collectors.joining());
    }

    /// The condition is the widest there is; whoever takes it over narrows it.
    private static String policy(String role, String relation, Right right) {
        String condition =
                switch (right) {
                    case SELECT, DELETE -> "using (true)";
                    case INSERT -> "with check (true)";
                    case UPDATE -> "using (true) with check (true)";
                };
        return "create policy %s on %s for %s to %s %s;"
                .formatted(
                        "\"%s for %s\"".formatted(right.word(), role.replace("\"", "")),
                        relation,
                        right.word(),
                        role,
                        condition);
    }

    /// A policy that every row must pass.
    static String ofRestriction(String relation, String policy) {
        return "The restrictive policy %s on %s refuses the row, no grant is missing."
                .formatted(policy, relation);
    }

    private static String joined(List<Right> rights) {
        return rights.stream().map(Right::word).collect(Collectors.joining(", "));
    }

    /// Every right that has a letter among these.
    static Set<Right> lettered(String letters) {
        return Arrays.stream(Right.values())
                .filter(right -> letters.contains(right.letter()))
                .collect(Collectors.toSet());
    }
}

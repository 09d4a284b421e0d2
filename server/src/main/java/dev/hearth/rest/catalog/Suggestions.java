package dev.hearth.rest.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names among which the one is found that somebody may have meant. Immutable; safe for any thread.
///
/// Finds what PostgREST finds by its library (fuzzyset 0.2, grams of 2 and 3 characters): the 50
/// names that share the most grams with the text, by the cosine of their counts, are ranked by `1 -
/// distance / length of the longer` with Levenshtein's distance. Grams of 3 are tried first, those
/// of 2 where they lead to nothing good enough. Case does not count.
public final class Suggestions {

    private static final int LONGEST_GRAM = 3;
    private static final int SHORTEST_GRAM = 2;
    private static final int RANKED = 50;

    /// A name that has a gram, and how often.
    private record Posting(int name, int count) {}

    /// A name and how like it is.
    private record Scored(String name, double score) {}

    /// The names by the grams of one length.
    private record Grams(
            int length, Map<String, List<Posting>> postings, List<Double> magnitudes) {}

    private final Map<String, String> byLowerCase = new HashMap<>();
    private final List<String> lowerCase;
    private final List<Grams> grams = new ArrayList<>();

    private Suggestions(Collection<String> names) {
        var keys = new LinkedHashSet<String>();
        for (String name : names) {
            String key = name.toLowerCase(Locale.ROOT);
            if (byLowerCase.putIfAbsent(key, name) == null) {
                keys.add(key);
            }
        }
        lowerCase = List.copyOf(keys);
        for (int length = LONGEST_GRAM; length >= SHORTEST_GRAM; length--) {
            grams.add(index(length));
        }
    }

    /// From these names; of several that differ in case only, the first counts.
    public static Suggestions of(Collection<String> names) {
        return new Suggestions(names);
    }

    /// The name that is the most like the text; the text itself where it is one of them.
    ///
    /// @param minimum how like at least, from 0 to 1
    public Optional<String> closest(String text, double minimum) {
        String key = text.toLowerCase(Locale.ROOT);
        String same = byLowerCase.get(key);
        if (same != null) {
            return Optional.of(same);
        }
        return grams.stream()
                .flatMap(each -> best(each, key).stream())
                .filter(best -> best.score() >= minimum)
                .findFirst()
                .map(best -> byLowerCase.get(best.name()));
    }

    /// Whether the text is one of them.
    public boolean contains(String text) {
        return byLowerCase.containsKey(text.toLowerCase(Locale.ROOT));
    }

    private Optional<Scored> best(Grams index, String key) {
        return candidates(index, key).stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(RANKED)
                .map(each -> new Scored(each.name(), likeness(key, each.name())))
                // The first of equals, which has more grams in common.
                .reduce((first, next) -> next.score() > first.score() ? next : first);
    }

    private List<Scored> candidates(Grams index, String key) {
        Map<String, Integer> wanted = counts(key, index.length());
        var products = new HashMap<Integer, Integer>();
        wanted.forEach(
                (gram, count) -> {
                    for (Posting posting : index.postings().getOrDefault(gram, List.of())) {
                        products.merge(posting.name(), posting.count() * count, Integer::sum);
                    }
                });
        double magnitude = magnitude(wanted);
        return products.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                        entry ->
                                new Scored(
                                        lowerCase.get(entry.getKey()),
                                        entry.getValue()
                                                / (magnitude
                                                        * index.magnitudes().get(entry.getKey()))))
                .toList();
    }

    private Grams index(int length) {
        var postings = new HashMap<String, List<Posting>>();
        var magnitudes = new ArrayList<Double>();
        for (int name = 0; name < lowerCase.size(); name++) {
            Map<String, Integer> counts = counts(lowerCase.get(name), length);
            magnitudes.add(magnitude(counts));
            for (var entry : counts.entrySet()) {
                postings.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                        .add(new Posting(name, entry.getValue()));
            }
        }
        return new Grams(length, postings, magnitudes);
    }

    /// How often each gram occurs in the text between hyphens, without what is no word.
    private static Map<String, Integer> counts(String text, int length) {
        int[] letters = text.codePoints().filter(Suggestions::ofWords).toArray();
        int[] enclosed = new int[letters.length + 2];
        Arrays.fill(enclosed, '-');
        System.arraycopy(letters, 0, enclosed, 1, letters.length);
        var counts = new HashMap<String, Integer>();
        for (int start = 0; start + length <= enclosed.length; start++) {
            counts.merge(new String(enclosed, start, length), 1, Integer::sum);
        }
        return counts;
    }

    private static boolean ofWords(int character) {
        return Character.isLetterOrDigit(character)
                || Character.isWhitespace(character)
                || character == ',';
    }

    private static double magnitude(Map<String, Integer> counts) {
        return Math.sqrt(counts.values().stream().mapToInt(count -> count * count).sum());
    }

    private static double likeness(String one, String other) {
        int[] from = one.codePoints().toArray();
        int[] to = other.codePoints().toArray();
        return 1 - distance(from, to) / (double) Math.max(from.length, to.length);
    }

    private static int distance(int[] from, int[] to) {
        int[] above = new int[to.length + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= from.length; row++) {
            int[] line = new int[to.length + 1];
            line[0] = row;
            for (int column = 1; column <= to.length; column++) {
                int replaced = above[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                line[column] = Math.min(replaced, Math.min(above[column], line[column - 1]) + 1);
            }
            above = line;
        }
        return above[to.length];
    }
}

package dev.hearth.rest.request;

import dev.hearth.rest.request.MediaType.Known;
import dev.hearth.rest.request.MediaType.Other;
import dev.hearth.rest.request.MediaType.Plan;
import dev.hearth.rest.request.MediaType.SingularJson;
import dev.hearth.rest.request.MediaType.StrippedArray;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads media types from the headers that name them.
final class MediaTypes {

    private static final Pattern HEAD = Pattern.compile("[A-Za-z0-9.*]+/[A-Za-z0-9.*+-]+");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*([A-Za-z0-9-]+)\\s*=\\s*(?:\"([^\"]*)\"|([A-Za-z0-9|-]+))");

    private MediaTypes() {}

    /// Reads one media type; what is none becomes one that nobody knows.
    static MediaType of(String text) {
        var head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return new Other(text);
        }
        String name = head.group().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = parameters(text, head.end());
        boolean stripped = parameters.getOrDefault("nulls", "").equals("stripped");
        return switch (name) {
            case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object" ->
                    new SingularJson(stripped);
            case "application/vnd.pgrst.array+json", "application/vnd.pgrst.array" ->
                    stripped ? new StrippedArray() : Known.JSON;
            case "application/vnd.pgrst.plan", "application/vnd.pgrst.plan+text" ->
                    plan(parameters, Plan.Format.TEXT);
            case "application/vnd.pgrst.plan+json" -> plan(parameters, Plan.Format.JSON);
            default ->
                    Arrays.stream(Known.values())
                            .filter(known -> known.text().equals(name))
                            .<MediaType>map(known -> known)
                            .findFirst()
                            .orElseGet(() -> new Other(text));
        };
    }

    /// The types of an `Accept` header, the most wanted first; anything where there is none. Of
    /// equally wanted ones the more particular comes first.
    static List<MediaType> accepted(Optional<String> header) {
        return header.map(
                        text ->
                                Arrays.stream(text.split(",", -1))
                                        .map(Wanted::of)
                                        .sorted(Wanted.ORDER)
                                        .map(wanted -> of(wanted.text()))
                                        .toList())
                .orElse(List.of(Known.ANY));
    }

    /// One entry of an `Accept` header.
    ///
    /// @param weight of its `q`
    private record Wanted(String text, double weight) {
        private static final Comparator<Wanted> ORDER =
                Comparator.comparingDouble(Wanted::weight)
                        .thenComparingInt(Wanted::particularity)
                        .reversed();

        private static final Pattern WEIGHT = Pattern.compile(";\\s*q\\s*=\\s*([0-9.]*)[^;]*");

        static Wanted of(String entry) {
            var weight = WEIGHT.matcher(entry);
            return weight.find()
                    ? new Wanted(weight.replaceFirst("").strip(), number(weight.group(1)))
                    : new Wanted(entry.strip(), 1);
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException _) {
                return 1;
            }
        }

        /// Parameters make it more particular, stars less.
        private int particularity() {
            return (int) text.chars().filter(each -> each == ';').count()
                    - (int) text.chars().filter(each -> each == '*').count();
        }
    }

    private static Map<String, String> parameters(String text, int from) {
        var parameters = new HashMap<String, String>();
        var parameter = PARAMETER.matcher(text).region(from, text.length());
        while (parameter.lookingAt()) {
            String quoted = parameter.group(2);
            parameters.put(
                    parameter.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? parameter.group(3) : quoted);
            parameter.region(parameter.end(), text.length());
        }
        return parameters;
    }

    private static MediaType plan(Map<String, String> parameters, Plan.Format format) {
        var options = EnumSet.noneOf(Plan.Option.class);
        List<String> named = List.of(parameters.getOrDefault("options", "").split("\\|", -1));
        for (Plan.Option option : Plan.Option.values()) {
            if (named.contains(Plan.word(option))) {
                options.add(option);
            }
        }
        return new Plan(of(parameters.getOrDefault("for", "application/json")), format, options);
    }
}

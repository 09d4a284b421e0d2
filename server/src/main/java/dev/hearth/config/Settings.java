package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Named texts from which [Config] is read: options of the command line win over the environment,
/// which wins over `.env`. A blank value counts as absent.
///
/// Names are those of the environment (`HEARTH_PORT`, `JWT_SECRET`); options are given under the
/// same names.
public final class Settings {

    private final List<Map<String, String>> sources;

    private Settings(List<Map<String, String>> sources) {
        this.sources = sources;
    }

    /// @param sources maps from name to text; an earlier one wins over a later one
    public static Settings of(List<Map<String, String>> sources) {
        return new Settings(sources.stream().map(Map::copyOf).toList());
    }

    /// The same settings, and these for names that are not set.
    public Settings orElse(Map<String, String> fallback) {
        return new Settings(
                Stream.concat(sources.stream(), Stream.of(Map.copyOf(fallback))).toList());
    }

    /// The text of the first name that is set, in the order given.
    public Optional<String> text(String... names) {
        for (String name : names) {
            for (Map<String, String> source : sources) {
                String value = source.get(name);
                if (value != null && !value.isBlank()) {
                    return Optional.of(value.strip());
                }
            }
        }
        return Optional.empty();
    }

    /// The text of a name that is set, also where it is blank: some settings can be set to nothing.
    public Optional<String> evenBlank(String name) {
        for (Map<String, String> source : sources) {
            String value = source.get(name);
            if (value != null) {
                return Optional.of(value.strip());
            }
        }
        return Optional.empty();
    }

    /// A secret text.
    public Optional<Secret> secret(String... names) {
        return text(names).map(Secret::new);
    }

    /// A whole number in a range.
    ///
    /// @throws Refusal with a [SettingProblem] when it is none, or out of the range
    public int integer(String name, int fallback, int least, int most) {
        return (int) number(name, fallback, least, most);
    }

    /// A whole number in a range.
    ///
    /// @throws Refusal with a [SettingProblem] when it is none, or out of the range
    public long number(String name, long fallback, long least, long most) {
        long value = parsed(name, Long::valueOf, "a whole number").orElse(fallback);
        if (value < least || value > most) {
            throw refuse(
                    name,
                    "%s is %d, which is not between %d and %d".formatted(name, value, least, most),
                    "Choose a number in that range");
        }
        return value;
    }

    /// `true`, `1`, `yes`, `on`, or their opposites.
    ///
    /// @throws Refusal with a [SettingProblem] for any other text
    public boolean flag(String name, boolean fallback) {
        return parsed(name, Settings::bool, "true or false").orElse(fallback);
    }

    /// A duration that is written as a number of the given unit, or with a unit of its own: `90s`,
    /// `5m`, `1h30m`, `250ms`.
    ///
    /// @throws Refusal with a [SettingProblem] when it is none
    public Duration duration(String name, Duration fallback, Duration unit) {
        return parsed(name, text -> duration(text, unit), "a duration such as 90s, 5m or 1h")
                .orElse(fallback);
    }

    /// A number of bytes, written as PostgreSQL does: a whole number, alone or with `kB`, `MB`,
    /// `GB` or `TB` (of 1024 each).
    ///
    /// @throws Refusal with a [SettingProblem] when it is none
    public long bytes(String name, long fallback) {
        return parsed(name, Settings::bytes, "a size such as 512MB or 4GB").orElse(fallback);
    }

    /// A list with commas between its items; blank items are dropped.
    public List<String> list(String name, List<String> fallback) {
        return text(name)
                .map(
                        text ->
                                Arrays.stream(text.split(",", -1))
                                        .map(String::strip)
                                        .filter(item -> !item.isEmpty())
                                        .toList())
                .orElse(fallback);
    }

    /// Every name that is set and starts so.
    public List<String> namesWith(String prefix) {
        return sources.stream()
                .flatMap(source -> source.keySet().stream())
                .filter(name -> name.startsWith(prefix))
                .distinct()
                .sorted()
                .toList();
    }

    private <T> Optional<T> parsed(String name, Function<String, T> parser, String kind) {
        return text(name)
                .map(
                        text -> {
                            try {
                                return parser.apply(text);
                            } catch (RuntimeException e) {
                                throw refuse(
                                        name,
                                        "%s is not %s".formatted(name, kind),
                                        "Write " + kind + ", or leave it out for the default");
                            }
                        });
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1", "yes", "on" -> true;
            case "false", "f", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Long bytes(String text) {
        int digits = (int) text.chars().takeWhile(Character::isDigit).count();
        long unit =
                switch (text.substring(digits).strip().toUpperCase(Locale.ROOT)) {
                    case "", "B" -> 1L;
                    case "KB" -> 1L << 10;
                    case "MB" -> 1L << 20;
                    case "GB" -> 1L << 30;
                    case "TB" -> 1L << 40;
                    default -> throw new IllegalArgumentException();
                };
        return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit);
    }

    private static Duration duration(String text, Duration unit) {
        if (text.chars().allMatch(Character::isDigit)) {
            return unit.multipliedBy(Long.parseLong(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
        }
        return Duration.parse("PT" + lower);
    }

    private static Refusal refuse(String name, String message, String advice) {
        return new Refusal(new SettingProblem(name, message, advice));
    }
}

package dev.hearth.rest.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What `Prefer` headers ask for (rest.md 6): of several values of a kind the first counts.
///
/// @param timeZone the zone that was named, whether or not the database knows it
/// @param maxAffected rows that a change may touch; counts with strict handling only
/// @param unknown what is no preference, in the order sent
public record Preferences(
        Optional<Resolution> resolution,
        Optional<Missing> missing,
        Optional<Representation> representation,
        Optional<Count> count,
        Optional<Transaction> transaction,
        Optional<Handling> handling,
        Optional<String> timeZone,
        OptionalLong maxAffected,
        List<String> unknown) {

    /// A preference as it is written.
    public sealed interface Written {
        /// What is on the left of the equals sign.
        String kind();

        /// The constant.
        String name();

        /// `kind=value`
        default String text() {
            return kind() + "=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What becomes of rows that are there already.
    public enum Resolution implements Written {
        MERGE_DUPLICATES,
        IGNORE_DUPLICATES;

        @Override
        public String kind() {
            return "resolution";
        }
    }

    /// What a column gets that the body leaves out.
    public enum Missing implements Written {
        DEFAULT,
        NULL;

        @Override
        public String kind() {
            return "missing";
        }
    }

    /// What a change answers with.
    public enum Representation implements Written {
        REPRESENTATION,
        MINIMAL,
        HEADERS_ONLY;

        @Override
        public String kind() {
            return "return";
        }
    }

    /// How rows beyond the answer are counted.
    public enum Count implements Written {
        EXACT,
        PLANNED,
        ESTIMATED;

        /// Whether the planner's word is wanted on how many rows match.
        public boolean asksThePlanner() {
            return this != EXACT;
        }

        @Override
        public String kind() {
            return "count";
        }
    }

    /// How the transaction ends, where the caller may choose.
    public enum Transaction implements Written {
        COMMIT,
        ROLLBACK;

        @Override
        public String kind() {
            return "tx";
        }
    }

    /// What becomes of a request with preferences that are none.
    public enum Handling implements Written {
        STRICT,
        LENIENT;

        @Override
        public String kind() {
            return "handling";
        }
    }

    private static final String TIME_ZONE = "timezone=";
    private static final String MAX_AFFECTED = "max-affected=";
    private static final List<Written> ALL =
            Stream.<Written[]>of(
                            Resolution.values(),
                            Missing.values(),
                            Representation.values(),
                            Count.values(),
                            Transaction.values(),
                            Handling.values())
                    .flatMap(Arrays::stream)
                    .toList();

    /// Copies the list.
    public Preferences {
        unknown = List.copyOf(unknown);
    }

    /// Reads the values of `Prefer` headers; names and values are lower case.
    public static Preferences of(List<String> headers) {
        List<String> sent =
                headers.stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
        return new Preferences(
                first(sent, Resolution.class),
                first(sent, Missing.class),
                first(sent, Representation.class),
                first(sent, Count.class),
                first(sent, Transaction.class),
                first(sent, Handling.class),
                after(TIME_ZONE, sent),
                after(MAX_AFFECTED, sent).map(Window::parameter).orElse(OptionalLong.empty()),
                sent.stream().filter(Preferences::isUnknown).toList());
    }

    /// Whether preferences that are none refuse the request.
    public boolean isStrict() {
        return handling.equals(Optional.of(Handling.STRICT));
    }

    /// `Preference-Applied`, of what was accepted, in upstream's order; empty for nothing.
    ///
    /// @param applied whether a kind counts for this request
    /// @param zoneKnown whether the database knows the time zone
    /// @param affects whether the request is one that `max-affected` is for
    public String applied(Predicate<Written> applied, boolean zoneKnown, boolean affects) {
        var told = new ArrayList<String>();
        Stream.of(resolution, missing, representation, count, transaction, handling)
                .flatMap(Optional::stream)
                .filter(applied)
                .map(Written::text)
                .forEach(told::add);
        if (zoneKnown) {
            timeZone.map(TIME_ZONE::concat).ifPresent(told::add);
        }
        if (affects && isStrict() && maxAffected.isPresent()) {
            told.add(MAX_AFFECTED + maxAffected.getAsLong());
        }
        return String.join(", ", told);
    }

    private static boolean isUnknown(String text) {
        return !text.startsWith(TIME_ZONE)
                && !text.startsWith(MAX_AFFECTED)
                && ALL.stream().noneMatch(each -> each.text().equals(text));
    }

    private static <T extends Written> Optional<T> first(List<String> sent, Class<T> kind) {
        return sent.stream()
                .flatMap(text -> ALL.stream().filter(each -> each.text().equals(text)))
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private static Optional<String> after(String prefix, List<String> sent) {
        return sent.stream()
                .filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()))
                .findFirst();
    }
}

package dev.hearth.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// HTTP header fields: names in lower case, values in the order received. Immutable.
public record Headers(Map<String, List<String>> fields) {

    /// No field at all.
    public static final Headers NONE = new Headers(Map.of());

    /// Copies the fields and lower-cases their names.
    public Headers {
        var copy = LinkedHashMap.<String, List<String>>newLinkedHashMap(fields.size());
        fields.forEach((name, values) -> copy.put(lowerCase(name), List.copyOf(values)));
        fields = Collections.unmodifiableMap(copy);
    }

    /// The first value of a field, whatever the case of its name.
    public Optional<String> first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /// All values of a field, empty where it is absent.
    public List<String> all(String name) {
        return fields.getOrDefault(lowerCase(name), List.of());
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Prints names only: values may be secrets.
    @Override
    public String toString() {
        return "Headers" + fields.keySet();
    }
}

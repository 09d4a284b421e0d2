package dev.hearth.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// HTTP header fields: names in lower case, values in the order received. Immutable.
public record Headers(Map<String, List<String>> fields) {

    /// No field at all.
    public static final Headers NONE = new Headers(Map.of());

    /// Copies the fields and lower-cases their names.
    public Headers {
        var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach(
                (name, values) ->
                        copy.put(name.toLowerCase(java.util.Locale.ROOT), List.copyOf(values)));
        fields = java.util.Collections.unmodifiableMap(copy);
    }

    /// The first value of a field, whatever the case of its name.
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /// All values of a field, empty where it is absent.
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /// Prints names only: values may be secrets.
    @Override
    public String toString() {
        return "Headers" + fields.keySet();
    }
}

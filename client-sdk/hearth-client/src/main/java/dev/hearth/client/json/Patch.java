package dev.hearth.client.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A change of some columns: what was not said stays as it is, and null is a value like any other.
/// Immutable; each method gives another one.
///
/// ```java
/// client.from("profiles")
///         .update(Patch.of("full_name", "Zoë").setNull("nickname"))
///         .eq("id", id)
///         .execute();
/// ```
///
/// A record can say the same, if the parts that may be null are `Optional`: a part that is null is
/// not said, an empty one is null.
///
/// ```java
/// record ProfileChange(@Nullable String fullName, @Nullable Optional<String> nickname) {}
///
/// var patch = Patch.of(new ProfileChange("Zoë", Optional.empty()));   // {"full_name":"Zoë","nickname":null}
/// ```
public final class Patch {

    private static final Patch NOTHING = new Patch(List.of());

    private final List<Part> parts;

    /// What a patch consists of.
    public sealed interface Part {}

    /// A column by its name in the database.
    public record Column(String name, @Nullable Object value) implements Part {}

    /// The parts of a record that are not null, by the names that the codec gives them.
    public record Fields(Record values) implements Part {}

    private Patch(List<Part> parts) {
        this.parts = parts;
    }

    /// No change yet.
    public static Patch empty() {
        return NOTHING;
    }

    /// A change of one column.
    ///
    /// @param column its name in the database
    /// @param value null to make it null
    public static Patch of(String column, @Nullable Object value) {
        return NOTHING.set(column, value);
    }

    /// A change of the columns in a map, by their names in the database; null is null.
    public static Patch of(Map<String, ? extends @Nullable Object> columns) {
        Patch patch = NOTHING;
        for (Map.Entry<String, ? extends @Nullable Object> column : columns.entrySet()) {
            patch = patch.set(column.getKey(), column.getValue());
        }
        return patch;
    }

    /// A change of the columns that a record names: parts that are null are left as they are,
    /// `Optional.empty()` makes null. What stands deeper, in a column of JSON, is written whole.
    public static Patch of(Record columns) {
        return NOTHING.and(new Fields(columns));
    }

    /// Sets a column, also when it was set before.
    ///
    /// @param column its name in the database
    /// @param value null to make it null
    public Patch set(String column, @Nullable Object value) {
        return and(new Column(Objects.requireNonNull(column), value));
    }

    /// Makes a column null.
    ///
    /// @param column its name in the database
    public Patch setNull(String column) {
        return set(column, null);
    }

    /// What was said, in order; what comes later wins.
    public List<Part> parts() {
        return parts;
    }

    private Patch and(Part part) {
        var more = new ArrayList<Part>(parts);
        more.add(part);
        return new Patch(Collections.unmodifiableList(more));
    }

    /// Holds no values, which may be private.
    @Override
    public String toString() {
        return "Patch[" + parts.size() + " parts]";
    }
}

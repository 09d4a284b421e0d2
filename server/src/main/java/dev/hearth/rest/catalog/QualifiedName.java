package dev.hearth.rest.catalog;

/// The name of something in a schema.
///
/// @param schema as the catalogs hold it, unquoted
/// @param name as the catalogs hold it, unquoted
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {

    @Override
    public int compareTo(QualifiedName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /// `schema.name`, for messages; a statement quotes both.
    @Override
    public String toString() {
        return schema + "." + name;
    }
}

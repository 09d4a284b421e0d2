package dev.hearth.rest.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// A type of the database, as a description says it.
///
/// @param name as SQL text
record DataType(String name) {

    private static final String ARRAY = "[]";

    /// The type of JSON that holds its values; empty for any.
    Optional<String> type() {
        return switch (name) {
            case "boolean" -> Optional.of("boolean");
            case "smallint", "integer", "bigint" -> Optional.of("integer");
            case "numeric", "real", "double precision" -> Optional.of("number");
            case "json", "jsonb" -> Optional.empty();
            default -> Optional.of(isArray() ? "array" : "string");
        };
    }

    /// What is known beyond the type of JSON.
    String format() {
        return switch (name) {
            case "smallint", "integer" -> "int32";
            case "bigint" -> "int64";
            default -> name;
        };
    }

    boolean isArray() {
        return name.endsWith(ARRAY);
    }

    /// The type of an array's elements.
    DataType element() {
        return new DataType(name.substring(0, name.length() - ARRAY.length()));
    }

    /// Says it of a property.
    void describe(ObjectNode property) {
        type().ifPresent(type -> property.put("type", type));
        property.put("format", format());
        if (isArray()) {
            ObjectNode items = property.putObject("items");
            element().type().ifPresent(type -> items.put("type", type));
        }
    }
}

package dev.hearth.rest.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.catalog.Relationship.Cardinality;
import dev.hearth.rest.catalog.Relationship.ForeignKey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rows of relations as schemas of JSON objects.
///
/// @param catalog knows what keys refer to
record Definitions(Catalog catalog) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    void describe(ObjectNode definition, Relation relation) {
        relation.comment().ifPresent(comment -> definition.put("description", comment));
        definition.put("type", "object");
        List<String> required =
                relation.columns().values().stream()
                        .filter(column -> !column.nullable())
                        .map(Column::name)
                        .toList();
        if (!required.isEmpty()) {
            required.forEach(definition.putArray("required")::add);
        }
        if (!relation.columns().isEmpty()) {
            ObjectNode properties = definition.putObject("properties");
            relation.columns()
                    .values()
                    .forEach(
                            column ->
                                    describe(
                                            properties.putObject(column.name()), relation, column));
        }
    }

    private void describe(ObjectNode property, Relation relation, Column column) {
        var type = new DataType(column.baseType());
        type.describe(property);
        description(relation, column).ifPresent(text -> property.put("description", text));
        column.maxLength().ifPresent(length -> property.put("maxLength", length));
        column.defaultExpression()
                .flatMap(expression -> value(type, expression))
                .ifPresent(value -> property.set("default", value));
        if (!column.labels().isEmpty()) {
            column.labels().forEach(property.putArray("enum")::add);
        }
    }

    /// The comment, and what keys the column belongs to. The marks are for programs that look for
    /// them.
    private Optional<String> description(Relation relation, Column column) {
        var notes = new ArrayList<String>();
        if (relation.primaryKey().contains(column.name())) {
            notes.add("This is a Primary Key.<pk/>");
        }
        referred(relation, column.name())
                .ifPresent(
                        key -> {
                            String table = key.target().name();
                            String other = key.columns().getFirst().other();
                            notes.add(
                                    "This is a Foreign Key to `%s.%s`.<fk table='%s' column='%s'/>"
                                            .formatted(table, other, table, other));
                        });
        if (notes.isEmpty()) {
            return column.comment();
        }
        return Optional.of(
                column.comment().map(comment -> comment + "\n\n").orElse("")
                        + "Note:\n"
                        + String.join("\n", notes));
    }

    /// The key of this column alone; one to a table rather than one to a view of it.
    private Optional<ForeignKey> referred(Relation relation, String column) {
        return catalog.relationships(relation.name(), relation.name().schema()).stream()
                .filter(ForeignKey.class::isInstance)
                .map(ForeignKey.class::cast)
                .filter(key -> !key.inverse() && key.cardinality() != Cardinality.ONE_TO_MANY)
                .filter(
                        key ->
                                key.columns().size() == 1
                                        && key.columns().getFirst().origin().equals(column))
                .min(Comparator.comparing(ForeignKey::targetIsView));
    }

    /// The value of a default that is a constant. Of texts also an expression passes for one.
    private static Optional<JsonNode> value(DataType type, String expression) {
        boolean text = type.type().equals(Optional.of("string"));
        String json = text ? '"' + constant(type, expression) + '"' : expression;
        try {
            return Optional.of(JSON.readTree(json)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static String constant(DataType type, String expression) {
        String cast = "::" + type.name();
        if (!expression.endsWith(cast)) {
            return expression;
        }
        int start = 0;
        int end = expression.length() - cast.length();
        while (start < end && expression.charAt(start) == '\'') {
            start++;
        }
        while (end > start && expression.charAt(end - 1) == '\'') {
            end--;
        }
        return expression.substring(start, end);
    }
}

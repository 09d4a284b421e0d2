package dev.hearth.realtime.changes.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Renders the text of a value, as the log carries it (UTC, ISO dates, hexadecimal bytea), to what
/// `to_jsonb` gives (realtime.md 6.6). Safe for any thread.
public final class Json {

    private final JsonCasts casts;

    /// @param casts for types that have their own cast to json
    public Json(JsonCasts casts) {
        this.casts = casts;
    }

    /// A column's value.
    ///
    /// @throws LiteralException when the text does not belong to the shape
    public void column(Shape shape, String text, JsonBuffer out) {
        if (shape instanceof Shape.Binary && text.startsWith("\\x")) {
            out.string(text.substring(2));
        } else {
            value(shape, text, out);
        }
    }

    private void value(Shape shape, String text, JsonBuffer out) {
        switch (shape) {
            case Shape.Truth _ -> out.raw(text.equals("t") ? "true" : "false");
            case Shape.Whole _ -> out.raw(text);
            case Shape.Decimal _ -> decimal(text, out);
            case Shape.Text _, Shape.Binary _ -> out.string(text);
            case Shape.Stamp _ -> out.string(text.replaceFirst(" (?=[0-9])", "T"));
            case Shape.ZonedStamp _ -> out.string(zoned(text));
            case Shape.PlainJson _ -> NormalJson.write(text, out);
            case Shape.BinaryJson _ -> out.raw(text);
            case Shape.Array(Shape element, char delimiter) ->
                    items(element, ArrayLiteral.parse(text, delimiter), out);
            case Shape.Vector(Shape element) -> vector(element, text, out);
            case Shape.Composite(List<Shape.Attribute> attributes) ->
                    composite(attributes, text, out);
            case Shape.Hstore _ -> hstore(text, out);
            case Shape.Cast cast -> NormalJson.write(casts.toJson(cast, text), out);
        }
    }

    private static void decimal(String text, JsonBuffer out) {
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            out.nothing();
        } else {
            out.raw(PlainNumber.of(text));
        }
    }

    /// `2026-01-02 03:04:05+00` → `2026-01-02T03:04:05+00:00`; ` BC` stays at the end.
    private static String zoned(String text) {
        int zone = text.lastIndexOf("+00");
        if (zone < 0) {
            return text;
        }
        return text.substring(0, zone).replaceFirst(" ", "T")
                + "+00:00"
                + text.substring(zone + "+00".length());
    }

    private void items(Shape element, ArrayLiteral.Items array, JsonBuffer out) {
        out.put('[');
        boolean first = true;
        for (ArrayLiteral item : array.items()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            switch (item) {
                case ArrayLiteral.Items inner -> items(element, inner, out);
                case ArrayLiteral.Element(Optional<String> text) -> nullable(element, text, out);
            }
        }
        out.put(']');
    }

    private void vector(Shape element, String text, JsonBuffer out) {
        out.put('[');
        boolean first = true;
        for (String item : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            if (!first) {
                out.put(',');
            }
            first = false;
            value(element, item, out);
        }
        out.put(']');
    }

    private void composite(List<Shape.Attribute> attributes, String text, JsonBuffer out) {
        List<Optional<String>> values = CompositeLiteral.parse(text);
        boolean none = attributes.isEmpty() && text.equals("()");
        if (!none && values.size() != attributes.size()) {
            throw new LiteralException("this composite type");
        }
        out.put('{');
        for (int i = 0; i < attributes.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.string(attributes.get(i).name()).put(':');
            nullable(attributes.get(i).shape(), values.get(i), out);
        }
        out.put('}');
    }

    private static void hstore(String text, JsonBuffer out) {
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, Optional<String>> pair : HstoreLiteral.parse(text).entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            out.string(pair.getKey()).put(':');
            if (pair.getValue().isPresent()) {
                out.string(pair.getValue().get());
            } else {
                out.nothing();
            }
        }
        out.put('}');
    }

    private void nullable(Shape shape, Optional<String> text, JsonBuffer out) {
        if (text.isPresent()) {
            value(shape, text.get(), out);
        } else {
            out.nothing();
        }
    }
}

package dev.hearth.realtime.changes.value;

import java.util.List;

/// How the text of a type becomes JSON. A domain has the shape of its base type.
public sealed interface Shape {

    /// `t` or `f`.
    record Truth() implements Shape {}

    /// int2, int4, int8: the text is the JSON number.
    record Whole() implements Shape {}

    /// float4, float8, numeric: a JSON number without an exponent; NaN and infinities are null.
    record Decimal() implements Shape {}

    /// Everything else: a JSON string.
    record Text() implements Shape {}

    /// timestamp: the blank between date and time becomes `T`.
    record Stamp() implements Shape {}

    /// timestamptz: likewise, and `+00` becomes `+00:00`.
    record ZonedStamp() implements Shape {}

    /// bytea: hexadecimal digits, at the top level of a row without `\x`.
    record Binary() implements Shape {}

    /// json: normalised as jsonb does.
    record PlainJson() implements Shape {}

    /// jsonb: the text as it is.
    record BinaryJson() implements Shape {}

    /// `{a,b}` in any number of dimensions.
    record Array(Shape element, char delimiter) implements Shape {}

    /// int2vector and oidvector: `1 2 3`.
    record Vector(Shape element) implements Shape {}

    /// `(a,b)`.
    record Composite(List<Attribute> attributes) implements Shape {
        /// Copies the list.
        public Composite {
            attributes = List.copyOf(attributes);
        }
    }

    /// hstore: an object of strings and nulls.
    record Hstore() implements Shape {}

    /// A type with its own cast to json, which only the database can do.
    record Cast(String schema, String type) implements Shape {}

    /// An attribute of a composite type, in order, dropped ones left out.
    record Attribute(String name, Shape shape) {}
}

package dev.hearth.realtime.wire;

/// A `ref` or `join_ref`, kept as the JSON that the client sent, so that it is echoed exactly: a
/// string usually, null where there is none; numbers are taken too.
///
/// @param json one JSON scalar, for example `"6"` with its quotes
public record Ref(String json) {

    /// No reference.
    public static final Ref NONE = new Ref("null");

    /// A reference that is a string.
    public static Ref text(String text) {
        return new Ref(Json.quote(text));
    }
}

package dev.hearth.realtime.changes.value;

/// Casts a value to json by the type's own function, which only the database can run.
@FunctionalInterface
public interface JsonCasts {

    /// For places where no such type can be.
    JsonCasts NONE =
            (cast, text) -> {
                throw new IllegalStateException("no cast to json from " + cast.type() + " here");
            };

    /// The JSON text of `text::type::json`.
    String toJson(Shape.Cast cast, String text);
}

package dev.hearth.client.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/// A type with its arguments, for values that a `Class` cannot name.
///
/// ```java
/// Map<String, List<Integer>> scores = client.rpc("scores").execute(new TypeRef<Map<String, List<Integer>>>() {});
/// ```
///
/// @param <T> the type
public abstract class TypeRef<T> {

    private final Type type;

    /// Only to be called by a subclass that names its argument, as above.
    ///
    /// @throws IllegalStateException when it names none
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("name the type: new TypeRef<List<String>>() {}");
        }
        type = parameterized.getActualTypeArguments()[0];
    }

    /// The type as reflection knows it.
    public final Type type() {
        return type;
    }

    @Override
    public String toString() {
        return type.getTypeName();
    }
}

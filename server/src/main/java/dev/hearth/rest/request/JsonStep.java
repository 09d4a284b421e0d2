package dev.hearth.rest.request;

/// A step into a JSON value.
///
/// @param target what the step goes to
/// @param asText whether the outcome is a text (`->>`) and not JSON (`->`)
public record JsonStep(Target target, boolean asText) {

    /// A member of an object, or an element of an array.
    public sealed interface Target {}

    /// A member by name.
    public record Member(String name) implements Target {}

    /// An element by place; below zero it is counted from the end.
    ///
    /// @param digits decimal, with a sign; as many as were sent
    public record Element(String digits) implements Target {}
}

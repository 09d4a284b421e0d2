package dev.hearth.rest.catalog;

import java.util.Optional;

/// A function of the project's own that makes a body of a media type: its type is a domain whose
/// name is the media type (rest.md 8).
///
/// @param function an aggregate over rows, or a function whose result is the body
/// @param rows the relation whose rows it takes; empty for rows of any kind; of a function whose
///   result is the body, the function itself
/// @param mediaType what it makes, in lower case; `*/*` for a type that the function says itself
public record MediaHandler(
        QualifiedName function, Optional<QualifiedName> rows, String mediaType) {}

package dev.hearth.exchange;

/// The HTTP methods that routes can be asked with; `OPTIONS` is answered by the gateway itself.
public enum Method {
    /// `GET`; a route for it answers `HEAD` too, without the body.
    GET,
    /// `POST`
    POST,
    /// `PUT`
    PUT,
    /// `PATCH`
    PATCH,
    /// `DELETE`
    DELETE
}

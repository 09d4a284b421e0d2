package dev.hearth.exchange;

/// The HTTP methods that routes tell apart.
public enum Method {
    /// `GET`; where no route asks for `HEAD`, that is answered like it, without the body.
    GET,
    /// `HEAD`
    HEAD,
    /// `POST`
    POST,
    /// `PUT`
    PUT,
    /// `PATCH`
    PATCH,
    /// `DELETE`
    DELETE,
    /// `OPTIONS`; a browser's preflight is answered by the gateway and reaches no route.
    OPTIONS,
    /// Any other; [RequestLine#methodName()] has its name.
    OTHER;

    /// The method of that name, which is compared in the case given.
    public static Method named(String name) {
        return switch (name) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> OTHER;
        };
    }
}

package dev.hearth.exchange;

/// One address that a capability answers.
///
/// @param method how it is asked
/// @param path the public path with `{name}` for one segment and `<name>` for the rest, for example
///   `/auth/v1/user`
/// @param access whether the key gate guards it
/// @param bodyLimit the most bytes of body that are read; more is refused with 413
/// @param handler answers; called on a virtual thread, may block
public record Route(Method method, String path, Access access, long bodyLimit, Handler handler) {

    /// Which project key a route asks for.
    public enum Access {
        /// None: the route decides by itself.
        OPEN,
        /// Any project key.
        KEY,
        /// A secret key, or the legacy `service_role` key.
        SECRET_KEY
    }

    /// The most bytes of a JSON body where a capability says nothing else: 1 MiB.
    public static final long DEFAULT_BODY_LIMIT = 1 << 20;

    /// Answers a request. A [dev.hearth.problem.Refusal] is answered in the route's error shape.
    @FunctionalInterface
    public interface Handler {
        /// @throws Exception whatever goes wrong; anything but a refusal is answered by a bare 500
        Answer handle(Request request) throws Exception;
    }

    /// A route behind the key gate with the usual body limit.
    public static Route keyed(Method method, String path, Handler handler) {
        return new Route(method, path, Access.KEY, DEFAULT_BODY_LIMIT, handler);
    }

    /// A route that needs no key, with the usual body limit.
    public static Route open(Method method, String path, Handler handler) {
        return new Route(method, path, Access.OPEN, DEFAULT_BODY_LIMIT, handler);
    }
}

package dev.hearth.exchange;

import java.io.IOException;
import java.util.Optional;

/// One address that a capability answers, or all addresses below one.
///
/// @param method how it is asked; empty where the route takes every method, `OPTIONS` and unknown
///   ones among them, and decides itself
/// @param path the public path with `{name}` for one segment, for example `/auth/v1/user`. Where
///   every method is taken, it is compared as it stands, not decoded, and `/*` at its end takes the
///   address before it and all below: `/rest/v1/*`. Such routes come first, the longest of them
///   before the others.
/// @param access whether the key gate guards it
/// @param bodyLimit the most bytes of body that are read; more is refused with 413
/// @param errors words what goes wrong
/// @param handler answers; called on a virtual thread, may block
public record Route(
        Optional<Method> method,
        String path,
        Access access,
        long bodyLimit,
        Errors errors,
        Handler handler) {

    private static final String BELOW = "/*";

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

    /// Answers a request.
    @FunctionalInterface
    public interface Handler {
        /// @throws Exception whatever goes wrong; answered by the route's [Errors]
        Answer handle(Request request) throws Exception;
    }

    /// What a capability answers when its handler fails: a [dev.hearth.problem.Refusal] (a body
    /// over the limit among them: [BodyTooLarge]) or anything else but the client going away. The
    /// refusals of the key gate are the gateway's own.
    @FunctionalInterface
    public interface Errors {

        /// Leaves it to the gateway: a refusal as `{"message", "hint"}`, anything else as a bare
        /// 500 of which it tells.
        Errors OF_THE_GATEWAY =
                (_, failure) -> {
                    throw failure;
                };

        /// @throws Exception what the gateway shall answer
        Answer answer(Request request, Exception failure) throws Exception;
    }

    /// A route of one method, whose errors are the gateway's.
    public Route(Method method, String path, Access access, long bodyLimit, Handler handler) {
        this(Optional.of(method), path, access, bodyLimit, Errors.OF_THE_GATEWAY, handler);
    }

    /// A route behind the key gate with the usual body limit.
    public static Route keyed(Method method, String path, Handler handler) {
        return new Route(method, path, Access.KEY, DEFAULT_BODY_LIMIT, handler);
    }

    /// A route that needs no key, with the usual body limit.
    public static Route open(Method method, String path, Handler handler) {
        return new Route(method, path, Access.OPEN, DEFAULT_BODY_LIMIT, handler);
    }

    /// The same route with its own words for what goes wrong.
    public Route with(Errors words) {
        return new Route(method, path, access, bodyLimit, words, handler);
    }

    /// Whether it is asked like that.
    public boolean takes(Method asked) {
        return method.isEmpty() || method.get() == asked;
    }

    /// Whether a path is this route's, where it takes every method.
    ///
    /// @param asked the path as sent, not decoded
    public boolean covers(String asked) {
        if (!path.endsWith(BELOW)) {
            return asked.equals(path);
        }
        String prefix = prefix();
        return asked.startsWith(prefix)
                && (asked.length() == prefix.length() || asked.charAt(prefix.length()) == '/');
    }

    /// The part of the path that belongs to the route: `/rest/v1` of `/rest/v1/*`, else nothing.
    public String prefix() {
        return path.endsWith(BELOW) ? path.substring(0, path.length() - BELOW.length()) : "";
    }

    /// What the handler answers, or what the errors make of its failure. Blocks.
    ///
    /// @throws IOException when the client has gone
    /// @throws Exception what the errors leave to the gateway
    public Answer answer(Request request) throws Exception {
        try {
            return handler.handle(request);
        } catch (IOException e) {
            // There is nobody to answer.
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return errors.answer(request, e);
        } catch (Exception e) {
            return errors.answer(request, e);
        }
    }
}

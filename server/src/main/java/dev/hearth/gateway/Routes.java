package dev.hearth.gateway;

import dev.hearth.exchange.Method;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Route;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request. Immutable.
///
/// Routes of every method come first, the longest address before the others; then those whose path
/// is the same, and last those with `{names}` in it. Of these a slash at the end does not matter.
final class Routes {

    /// @param parameters values of the route's `{names}`, percent-decoded once
    record Found(Route route, Map<String, String> parameters) {}

    private final List<Route> ofEveryMethod;
    private final Map<String, Route> exact = new HashMap<>();
    private final List<Template> templates;

    Routes(List<Route> routes) {
        ofEveryMethod =
                routes.stream()
                        .filter(route -> route.method().isEmpty())
                        .sorted(
                                Comparator.comparingInt((Route route) -> route.path().length())
                                        .reversed())
                        .toList();
        templates =
                routes.stream()
                        .filter(route -> route.method().isPresent() && Template.is(route))
                        .map(Template::of)
                        .toList();
        routes.stream()
                .filter(route -> route.method().isPresent() && !Template.is(route))
                .forEach(route -> exact.put(key(route.method().get().name(), route.path()), route));
    }

    /// The route of a request. Who asks for the head alone is answered like a `GET`, where no route
    /// wants to know.
    ///
    /// @param path as it was sent, not decoded
    Optional<Found> find(String method, String path) {
        Optional<Found> found = asked(method, path);
        return found.isEmpty() && method.equals(Method.HEAD.name())
                ? asked(Method.GET.name(), path)
                : found;
    }

    private Optional<Found> asked(String method, String path) {
        for (Route route : ofEveryMethod) {
            if (route.covers(path)) {
                return Optional.of(new Found(route, Map.of()));
            }
        }
        String asked =
                path.length() > 1 && path.endsWith("/")
                        ? path.substring(0, path.length() - 1)
                        : path;
        Route route = exact.get(key(method, asked));
        return route == null
                ? templates.stream()
                        .filter(each -> each.isAsked(method))
                        .flatMap(each -> each.match(asked).stream())
                        .findFirst()
                : Optional.of(new Found(route, Map.of()));
    }

    private static String key(String method, String path) {
        return method + ' ' + path;
    }

    /// A route with `{names}`, each of which stands for a segment.
    private record Template(Route route, List<String> segments) {

        static boolean is(Route route) {
            return route.path().indexOf('{') >= 0;
        }

        static Template of(Route route) {
            return new Template(route, segments(route.path()));
        }

        private static List<String> segments(String path) {
            return Arrays.asList(path.split("/", -1));
        }

        boolean isAsked(String method) {
            return route.takes(Method.named(method));
        }

        Optional<Found> match(String path) {
            List<String> asked = segments(path);
            if (asked.size() != segments.size()) {
                return Optional.empty();
            }
            List<String> decoded = new RequestLine("", path, "", "").segments();
            var parameters = new HashMap<String, String>();
            for (int index = 0; index < segments.size(); index++) {
                String segment = segments.get(index);
                if (segment.startsWith("{") && !asked.get(index).isEmpty()) {
                    String name = segment.substring(1, segment.length() - 1);
                    parameters.put(name, decoded.get(index - 1));
                } else if (!segment.equals(asked.get(index))) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Found(route, parameters));
        }
    }
}

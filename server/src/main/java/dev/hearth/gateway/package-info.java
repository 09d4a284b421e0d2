/// The front door, and the only room that knows Javalin and Jetty: order of middleware, routes, the
/// key gate, CORS, refusals to HTTP, and the writers of sockets. Its doors are
/// [Gateway][dev.hearth.gateway.Gateway] and, for WebSockets,
/// [SocketServer][dev.hearth.gateway.SocketServer].
///
/// The order for a request: request id and CORS headers, preflight, key gate, handler, refusal to
/// answer. It never looks into a body and never verifies a user's token.
@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;

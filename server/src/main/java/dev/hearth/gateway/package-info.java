/// The front door, and the only room that knows Javalin and Jetty: order of middleware, routes, the
/// key gate, CORS, refusals to HTTP, and the writers of sockets. Its door is
/// [Gateway][dev.hearth.gateway.Gateway]; [SocketServer][dev.hearth.gateway.SocketServer] puts
/// WebSockets in front of it, on the web server's core layer.
///
/// The order for a request: request id and CORS headers, length of the URL, preflight, key gate,
/// handler, failure to answer in the words of its route. It never looks into a body and never
/// verifies a user's token. It never waits for a slow receiver of a socket: what is queued for one
/// is bounded, and over the bound it is closed.
@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;

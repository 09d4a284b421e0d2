/// The only room that knows the web server: routes, order of middleware, API keys, CORS, refusal to
/// HTTP, and the sockets' writer. Its doors are `Gateway` for HTTP and
/// [SocketServer][dev.hearth.gateway.SocketServer] for WebSockets. It knows no capability: it is
/// given routes.
@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;

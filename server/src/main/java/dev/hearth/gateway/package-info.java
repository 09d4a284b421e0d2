/// The front door, and the only room that knows Jetty: routes, the key gate, CORS, refusals to
/// HTTP, and the writers of sockets. Its door is [Gateway][dev.hearth.gateway.Gateway];
/// [SocketServer][dev.hearth.gateway.SocketServer] puts WebSockets in front of it. Both stand on
/// the web server's core layer: servlets, sessions and filters would cost every request more than
/// all that is done here.
///
/// The order for a request: request id and CORS headers, length of the URL, preflight, key gate,
/// handler, failure to answer in the words of its route. It never looks into a body and never
/// verifies a user's token. It never waits for a slow receiver of a socket: what is queued for one
/// is bounded, and over the bound it is closed.
@NullMarked
package dev.hearth.gateway;

import org.jspecify.annotations.NullMarked;

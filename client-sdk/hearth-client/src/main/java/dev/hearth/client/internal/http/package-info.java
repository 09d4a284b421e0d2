/// The one place that knows OkHttp: requests and answers as plain values, and sockets.
@NullMarked
package dev.hearth.client.internal.http;

import org.jspecify.annotations.NullMarked;

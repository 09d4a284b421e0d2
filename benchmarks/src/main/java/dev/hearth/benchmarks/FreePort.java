package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port of this machine that nobody listens on, for a server that is to be told one.
public final class FreePort {

    private FreePort() {}

    /// Another one each time; somebody else may take it meanwhile.
    public static int find() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}

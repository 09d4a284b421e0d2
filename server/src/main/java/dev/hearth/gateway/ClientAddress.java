package dev.hearth.gateway;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressPattern;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a request really comes from: the peer, or, when the peer is a trusted proxy, the last
/// address of `X-Forwarded-For` that is not one.
final class ClientAddress {

    private final List<InetAddressPattern> trusted;

    /// @param trustedProxies addresses, ranges or CIDR blocks
    ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(InetAddressPattern::from).toList();
    }

    /// @param peer the other end of the connection
    /// @param forwardedFor the values of `X-Forwarded-For`, in order
    InetAddress of(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = peer;
        var hops = new ArrayList<String>();
        forwardedFor.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = literal(hop.strip());
            if (!trusted(client) || address.isEmpty()) {
                return client;
            }
            client = address.get();
        }
        return client;
    }

    private boolean trusted(InetAddress address) {
        return trusted.stream().anyMatch(pattern -> pattern.test(address));
    }

    /// An address literal; a name is never looked up.
    private static Optional<InetAddress> literal(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The other end of a request's connection.
    static InetAddress peer(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress peer
                ? peer.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}

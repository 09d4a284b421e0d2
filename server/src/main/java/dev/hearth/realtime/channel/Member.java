package dev.hearth.realtime.channel;

import dev.hearth.realtime.wire.ProtocolVersion;

/// One channel as its topic sees it.
final class Member {

    private final Outlet outlet;
    private final ProtocolVersion version;

    // Guarded by the topic's lock.
    int index = -1;

    Member(Outlet outlet, ProtocolVersion version) {
        this.outlet = outlet;
        this.version = version;
    }

    Outlet outlet() {
        return outlet;
    }

    ProtocolVersion version() {
        return version;
    }
}

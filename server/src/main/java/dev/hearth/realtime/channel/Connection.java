package dev.hearth.realtime.channel;

import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketListener;
import dev.hearth.realtime.wire.ClientMessage;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.ClientMessage.Leave;
import dev.hearth.realtime.wire.ClientMessage.OnTopic;
import dev.hearth.realtime.wire.Json;
import dev.hearth.realtime.wire.MessageParser;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.Ref;
import dev.hearth.realtime.wire.ServerMessage;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// One socket. Read by one thread at a time; answers heartbeats on it and hands everything else to
/// the lane of its topic.
final class Connection implements SocketListener {

    private static final int POLICY_VIOLATION = 1008;
    private static final int GOING_AWAY = 1001;
    private static final int RESTARTING = 1012;
    private static final int FEW_LANES = 4;

    private final Hub hub;
    private final Outlet outlet;
    private final ProtocolVersion version;
    private final Caller caller;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<String, Lane> lanes = new HashMap<>(FEW_LANES);
    private boolean closed;
    private long idleSinceNanos = System.nanoTime();

    // The reading thread's.
    private boolean malformedTold;

    Connection(Hub hub, Socket socket, ProtocolVersion version, Caller caller) {
        this.hub = hub;
        this.outlet = new Outlet(socket, hub.fanOut());
        this.version = version;
        this.caller = caller;
    }

    Outlet outlet() {
        return outlet;
    }

    ProtocolVersion version() {
        return version;
    }

    /// For whom the key of the socket stands.
    Caller caller() {
        return caller;
    }

    /// How many topics are joined or being joined.
    int channels() {
        lock.lock();
        try {
            return lanes.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void text(byte[] utf8) {
        receive(MessageParser.text(version, utf8), utf8.length);
    }

    @Override
    public void binary(byte[] bytes) {
        receive(MessageParser.binary(version, bytes), bytes.length);
    }

    @Override
    public void closed() {
        hub.closed(this);
        for (Lane lane : takeLanes()) {
            enqueue(lane, lane::abandon, 0);
        }
    }

    private void receive(ClientMessage message, int bytes) {
        switch (message) {
            case ClientMessage.Heartbeat(Ref ref) ->
                    reply(new Address(Ref.NONE, ref, "phoenix"), true, "{}");
            case ClientMessage.Malformed(String reason) -> malformed(reason);
            case OnTopic onTopic -> onTopic(onTopic, bytes);
        }
    }

    private void onTopic(OnTopic message, int bytes) {
        String topic = message.at().topic();
        boolean joins = message instanceof Join;
        if (joins && Topic.subTopic(topic).isEmpty()) {
            unmatched(message.at());
            return;
        }
        Lane lane = lane(topic, joins);
        if (lane != null) {
            enqueue(lane, () -> lane.receive(message), bytes);
        } else if (message instanceof Leave) {
            reply(message.at(), true, "{}");
        } else {
            unmatched(message.at());
        }
    }

    private void malformed(String reason) {
        hub.countMalformed();
        if (!malformedTold) {
            malformedTold = true;
            hub.tell(new RealtimeEvent.MalformedWebSocketMessage(reason));
        }
    }

    /// Answers a message.
    ///
    /// @param response a JSON object
    void reply(Address to, boolean ok, String response) {
        send(new ServerMessage.Reply(to, ok, response));
    }

    /// Answers a message on a topic that this socket has not joined.
    void unmatched(Address to) {
        reply(
                new Address(Ref.NONE, to.ref(), to.topic()),
                false,
                "{\"reason\":\"unmatched topic\"}");
    }

    /// Answers a join that is refused.
    void refuse(Address to, JoinRefusal refusal) {
        reply(to, false, "{\"reason\":" + Json.quote(refusal.reason()) + "}");
        if (refusal instanceof JoinRefusal.TooManyJoins) {
            outlet.close(GOING_AWAY, refusal.text());
        }
    }

    /// Sends what only this socket receives.
    void send(ServerMessage message) {
        version.encode(message).ifPresent(outlet::now);
    }

    /// Ends channels whose token has run out, and a socket that has no channel for too long.
    void check(Instant now, long nowNanos) {
        List<Lane> expired = new ArrayList<>();
        boolean useless;
        lock.lock();
        try {
            for (Lane lane : lanes.values()) {
                Channel channel = lane.channel();
                if (channel != null
                        && channel.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
                    expired.add(lane);
                }
            }
            useless =
                    lanes.isEmpty()
                            && nowNanos - idleSinceNanos
                                    > hub.config().noChannelTimeout().toNanos();
        } finally {
            lock.unlock();
        }
        for (Lane lane : expired) {
            enqueue(
                    lane,
                    () -> {
                        Channel channel = lane.channel();
                        return channel == null || channel.expire();
                    },
                    0);
        }
        if (useless) {
            outlet.close(GOING_AWAY, "No channel");
        }
    }

    /// Tells every channel and closes the socket, so that the client comes back elsewhere.
    void disconnect() {
        for (Lane lane : allLanes()) {
            Channel channel = lane.channel();
            if (channel != null) {
                channel.tellDisconnect();
            }
        }
        outlet.close(RESTARTING, "Server requested disconnect");
    }

    /// The next step of a lane; forgets the lane when there is none and nothing is joined.
    Lane.@Nullable Step next(Lane lane, String topic) {
        lock.lock();
        try {
            Lane.Step next = lane.next();
            if (next == null && lane.channel() == null) {
                lanes.remove(topic, lane);
                idleSinceNanos = System.nanoTime();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Lane lane(String topic, boolean make) {
        lock.lock();
        try {
            if (closed || !make) {
                return lanes.get(topic);
            }
            return lanes.computeIfAbsent(topic, name -> new Lane(this, hub, name));
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Lane lane, Lane.Step step, int bytes) {
        boolean runs;
        boolean tooMuch;
        lock.lock();
        try {
            runs = lane.offer(step, bytes);
            tooMuch = lane.waitingBytes() > hub.config().inboxBytes();
        } finally {
            lock.unlock();
        }
        if (tooMuch) {
            outlet.close(POLICY_VIOLATION, "Too many messages before the join was answered");
        }
        if (runs) {
            lane.run(step);
        }
    }

    private List<Lane> takeLanes() {
        lock.lock();
        try {
            closed = true;
            return List.copyOf(lanes.values());
        } finally {
            lock.unlock();
        }
    }

    private List<Lane> allLanes() {
        lock.lock();
        try {
            return List.copyOf(lanes.values());
        } finally {
            lock.unlock();
        }
    }
}

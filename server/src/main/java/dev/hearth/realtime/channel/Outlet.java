package dev.hearth.realtime.channel;

import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketFrames;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Everything that leaves through one socket, in one order. Safe for any thread; never blocks on
/// the receiver.
///
/// Two doors: [#now] for answers, [#soon] for what many share. Only the second looks at how busy
/// the server and the socket are.
final class Outlet {

    /// A message so large that joining it to others saves nothing.
    private static final int LARGE = 64 << 10;

    /// The bound on what gathers.
    private static final int MOST_GATHERED = 256 << 10;

    private final Socket socket;
    private final FanOut.Stripe stripe;
    private final Pace pace;
    private final long gatherNanos;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable List<SocketFrames> gathered;
    private int gatheredBytes;
    private boolean called;
    private long lastSharedNanos;

    Outlet(Socket socket, FanOut fanOut) {
        this.socket = socket;
        this.stripe = fanOut.stripe(System.identityHashCode(socket));
        this.pace = fanOut.pace();
        this.gatherNanos = fanOut.gatherNanos();
        this.lastSharedNanos = System.nanoTime() - gatherNanos;
    }

    /// Writes at once, behind what was gathered.
    void now(SocketFrames frames) {
        lock.lock();
        try {
            writeGathered();
            socket.send(frames);
        } finally {
            lock.unlock();
        }
    }

    /// Writes at once while the server is calm or this socket was quiet, else gathers until the
    /// tick.
    ///
    /// @param nowNanos the present time, asked once for all receivers
    void soon(SocketFrames frames, long nowNanos) {
        lock.lock();
        try {
            if (frames.size() > LARGE) {
                writeGathered();
                socket.send(frames);
            } else if (leavesAtOnce(nowNanos)) {
                lastSharedNanos = nowNanos;
                socket.send(frames);
            } else {
                gather(frames);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes what was gathered; called by the fan-out thread.
    void flush(FanOut.Shared shared) {
        lock.lock();
        try {
            called = false;
            List<SocketFrames> frames = gathered;
            if (frames != null) {
                gathered = null;
                gatheredBytes = 0;
                lastSharedNanos = System.nanoTime();
                socket.send(shared.joined(frames));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Starts the closing handshake, behind what was gathered.
    void close(int code, String reason) {
        lock.lock();
        try {
            writeGathered();
            socket.close(code, reason);
        } finally {
            lock.unlock();
        }
    }

    private boolean leavesAtOnce(long nowNanos) {
        boolean busy = pace.busyWithOneMore(nowNanos);
        return gathered == null && (!busy || nowNanos - lastSharedNanos >= gatherNanos);
    }

    private void gather(SocketFrames frames) {
        List<SocketFrames> list = gathered;
        if (list == null) {
            list = new ArrayList<>();
            gathered = list;
        }
        list.add(frames);
        gatheredBytes += frames.size();
        if (gatheredBytes > MOST_GATHERED) {
            writeGathered();
        } else if (!called) {
            called = true;
            stripe.call(this);
        }
    }

    private void writeGathered() {
        List<SocketFrames> frames = gathered;
        if (frames != null) {
            gathered = null;
            gatheredBytes = 0;
            socket.send(SocketFrames.joined(frames));
        }
    }
}

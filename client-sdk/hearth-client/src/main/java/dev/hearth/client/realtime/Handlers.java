package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One channel's handlers and what they have still to hear. Its methods are called in turns; what
/// they make runs on the channel's lane, where messages are decoded and handlers called.
final class Handlers {

    private final String name;
    private final Listeners listeners;
    private final Loop loop;
    private final Lane lane;
    private final AtomicLong dropped = new AtomicLong();

    /// What the handler of presence that runs on a thread is told of.
    private record Sensed(Thread thread, PresenceRoom room) {}

    private volatile @Nullable Sensed sensed;

    /// Of the change before; used on the lane only.
    private Columns columns = Columns.NONE;

    Handlers(String name, Listeners listeners, Loop loop, RealtimeOptions options) {
        this.name = name;
        this.listeners = listeners;
        this.loop = loop;
        lane =
                new Lane(
                        loop.turns().executor(),
                        options.queueLimit(),
                        options.overflowPolicy(),
                        new Full(),
                        thrown ->
                                loop.notices().report(errors -> errors.handlerThrew(name, thrown)));
    }

    /// Any thread.
    int queued() {
        return lane.queued();
    }

    /// @return false when there was no room and the channel has to go
    boolean offer(Lane.Message message) {
        return lane.offer(message);
    }

    /// The program shall fetch what it missed.
    void resync() {
        lane.tell(this::fetch);
    }

    void status(
            List<SubscribeListener> hearing,
            SubscribeStatus status,
            @Nullable SupabaseException error) {
        lane.tell(() -> hearing.forEach(listener -> guard(() -> listener.on(status, error))));
    }

    void system(JsonNode message) {
        lane.tell(
                () -> listeners.systems.forEach(listener -> guard(() -> listener.accept(message))));
    }

    /// The channel is over.
    void close() {
        listeners.closes.forEach(lane::tell);
    }

    Lane.Message broadcast(Incoming frame) {
        return () -> {
            Heard heard;
            try {
                heard = Heard.of(frame);
            } catch (MalformedException e) {
                loop.notices().protocolError("a broadcast cannot be read: " + e.getMessage());
                return;
            }
            for (Listeners.Broadcasts listener : listeners.broadcasts) {
                if (listener.wants(heard.event())) {
                    guard(() -> listener.heard().accept(heard));
                }
            }
        };
    }

    /// @param bound the ids of the channel's bindings
    Lane.Message change(Incoming.Text frame, List<Long> bound) {
        return () -> {
            ChangePayload change;
            try {
                change = ChangePayload.of(frame.payload(), columns);
            } catch (MalformedException | JsonMappingException e) {
                loop.notices().protocolError("a change cannot be read: " + e.getMessage());
                return;
            }
            columns = change.columns();
            for (Listeners.Changes listener : listeners.changes) {
                if (listener.wants(change, bound)) {
                    guard(() -> listener.heard().accept(change));
                }
            }
        };
    }

    /// @param room as it is once all has happened that the server told with it
    Lane.Message presence(PresenceRoom.Event event, PresenceRoom room) {
        return () -> {
            sensed = new Sensed(Thread.currentThread(), room);
            try {
                for (Listeners.Presences listener : listeners.presences) {
                    if (listener.event() == event.event()) {
                        guard(() -> listener.heard().accept(event));
                    }
                }
            } finally {
                sensed = null;
            }
        };
    }

    /// Who is there: for a handler of presence as of what it is being told, for all others as of
    /// now. Any thread.
    PresenceRoom roomOr(PresenceRoom now) {
        @Nullable Sensed telling = sensed;
        return telling != null && telling.thread().equals(Thread.currentThread())
                ? telling.room()
                : now;
    }

    private void fetch() {
        listeners.resyncs.forEach(this::guard);
    }

    /// What one handler throws harms no other.
    private void guard(Runnable handler) {
        try {
            handler.run();
        } catch (JsonMappingException e) {
            loop.notices().report(errors -> errors.decodeFailed(name, e));
        } catch (Exception e) {
            loop.notices().report(errors -> errors.handlerThrew(name, e));
        }
    }

    /// Reports what is dropped, many at once where many are.
    private final class Full implements Lane.Overflow {

        @Override
        public void began(int queued) {
            loop.notices().report(errors -> errors.slowConsumer(name, queued));
        }

        @Override
        public void dropped() {
            loop.traffic().dropped();
            if (dropped.getAndIncrement() == 0) {
                Consumer<ErrorListener> report =
                        errors -> errors.messageDropped(name, dropped.getAndSet(0));
                loop.notices().report(report);
            }
        }

        @Override
        public void missed() {
            fetch();
        }

        @Override
        public boolean refused(Runnable again) {
            return loop.turns().tryAgain(again);
        }
    }
}

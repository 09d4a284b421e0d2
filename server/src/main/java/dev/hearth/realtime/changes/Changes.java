package dev.hearth.realtime.changes;

import dev.hearth.config.ChangesConfig;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.delivery.LogDelivery;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.subscription.Register;
import dev.hearth.realtime.changes.verdict.Judge;
import dev.hearth.replication.ReplicationListener;

import java.time.InstantSource;

/// The door of this room: puts its parts together. Safe for any thread.
public final class Changes implements AutoCloseable {

    private static final String PUBLICATION = "supabase_realtime";

    private final Register register;
    private final LogDelivery delivery;

    private Changes(Register register, LogDelivery delivery) {
        this.register = register;
        this.delivery = delivery;
    }

    /// Starts the threads; the database need not be there yet.
    ///
    /// @param clock tells whether a caller's claims are still true
    public static Changes start(
            ChangeDatabase database, ChangesConfig config, Observer observer, InstantSource clock) {
        var register = Register.start(database, PUBLICATION, config.membersEvery(), observer);
        var judge = new Judge(database, config.verdictTimeout(), observer, clock);
        var delivery =
                LogDelivery.start(
                        database,
                        config,
                        register.index(),
                        register.members(),
                        judge,
                        register::missed,
                        observer,
                        clock);
        return new Changes(register, delivery);
    }

    /// For channels.
    public Subscriptions subscriptions() {
        return register;
    }

    /// For the log.
    public ReplicationListener log() {
        return delivery;
    }

    /// Ends all subscriptions and threads. What was not handed over is not confirmed either.
    @Override
    public void close() {
        delivery.close();
        register.close();
    }
}

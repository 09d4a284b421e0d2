package dev.hearth.realtime.changes;

import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.value.Json;
import dev.hearth.replication.Change;
import dev.hearth.replication.Gap;
import dev.hearth.replication.Position;
import dev.hearth.replication.Relation;
import dev.hearth.replication.ReplicationListener;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionEnded;
import dev.hearth.token.Caller;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The door of this room: [Subscriptions] for channels, [ReplicationListener] for the log. Its
/// threads are described in the package's page. Safe for any thread.
public final class Changes implements Subscriptions, ReplicationListener, AutoCloseable {

    private static final String SUBSCRIBED = "Subscribed to PostgreSQL";
    private static final String AWAY = "Realtime was unable to connect to the project database";

    private final ChangeDatabase database;
    private final ChangesSettings settings;
    private final Observer observer;
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Set<ChannelSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Map<ChannelSubscription, String> waiting = new ConcurrentHashMap<>();
    private final BindingCheck check;
    private final Members members;
    private final LogQueue queue;
    private final DeliveryLoop loop;
    private final Thread delivery;
    private final Thread keeper;
    private final Resent resent = new Resent();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Changes(
            ChangeDatabase database,
            ChangesSettings settings,
            Observer observer,
            InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.observer = observer;
        check = new BindingCheck(database, settings.publication());
        members = new Members(database, settings.publication(), this::membersRead);
        queue = new LogQueue(settings.queuedChanges(), settings.queuedBytes());
        var json = new Json(new DatabaseCasts(database));
        loop =
                new DeliveryLoop(
                        queue,
                        index,
                        members,
                        new Judge(database, settings.verdictTimeout(), observer, clock),
                        new Fanout(settings, json, observer, clock),
                        observer,
                        this::missed);
        delivery = Thread.ofVirtual().name("changes-delivery").unstarted(loop);
        keeper = Thread.ofVirtual().name("changes-members").unstarted(this::keepMembers);
        observer.meters().gauge("realtime.changes.subscriptions", subscriptions, Set::size);
    }

    /// Starts the threads; the database need not be there yet.
    ///
    /// @param clock tells whether a caller's claims are still true
    public static Changes start(
            ChangeDatabase database,
            ChangesSettings settings,
            Observer observer,
            InstantSource clock) {
        var changes = unstarted(database, settings, observer, clock);
        changes.delivery.start();
        changes.keeper.start();
        return changes;
    }

    /// Without its threads, for parts that are tried alone.
    static Changes unstarted(
            ChangeDatabase database,
            ChangesSettings settings,
            Observer observer,
            InstantSource clock) {
        return new Changes(database, settings, observer, clock);
    }

    @Override
    public Subscription subscribe(Caller caller, List<Binding> bindings, Subscriber subscriber) {
        var subscription = new ChannelSubscription(this, caller, bindings, subscriber);
        subscriptions.add(subscription);
        lookForTables(bindings);
        establish(subscription);
        return subscription;
    }

    /// Ends all subscriptions and threads. What was not handed over is not confirmed either.
    @Override
    public void close() {
        loop.stop();
        queue.close();
        ended.countDown();
        subscriptions.forEach(ChannelSubscription::close);
    }

    @Override
    public void relation(Relation relation) {
        queue.put(new LogItem.OfShape());
    }

    @Override
    public void began(TransactionBegan transaction) {
        resent.began(transaction);
    }

    @Override
    public void change(Change change) {
        if (resent.isNew()) {
            queue.put(new LogItem.OfRow(change));
        }
    }

    @Override
    public void ended(TransactionEnded ended, Position position) {
        resent.ended();
        queue.put(new LogItem.OfEnd(ended, position));
    }

    @Override
    public void interrupted(String reason) {
        // Nothing is lost yet: what was committed meanwhile comes, or a gap is told.
    }

    @Override
    public void gap(Gap gap) {
        queue.put(new LogItem.OfGap(gap));
    }

    @Override
    public void following() {
        // The publication may be another than before.
        queue.put(new LogItem.OfShape());
    }

    /// On the delivery thread, in the order of the log.
    private void missed(Gap gap) {
        String message =
                "Changes may have been missed between %s and %s: %s"
                        .formatted(gap.from(), gap.to(), gap.reason());
        for (ChannelSubscription subscription : subscriptions) {
            subscription.tellInForce(false, message);
            subscription.tellInForce(true, SUBSCRIBED);
        }
    }

    void left(ChannelSubscription subscription) {
        subscriptions.remove(subscription);
        waiting.remove(subscription);
        subscription.withdraw(index);
    }

    void callerChanged(ChannelSubscription subscription, boolean otherRole) {
        if (otherRole || !subscription.isInForce()) {
            establish(subscription);
        } else {
            subscription.tell(true, SUBSCRIBED);
        }
    }

    /// Reads the publication now when a table is not known, which may be a new one. Before any
    /// subscription's lock is taken, since a reading takes theirs.
    private void lookForTables(List<Binding> bindings) {
        Publication publication = members.current();
        boolean unknown =
                bindings.stream()
                        .anyMatch(
                                binding ->
                                        publication
                                                .named(
                                                        binding.schema().orElse("public"),
                                                        binding.table().orElse("*"))
                                                .isEmpty());
        if (unknown) {
            try {
                members.reload();
            } catch (SQLException _) {
                // Said when the subscription is put in force.
            }
        }
    }

    /// Puts a subscription in force, or what it wants by now in place of what it wanted before, and
    /// tells it so.
    private void establish(ChannelSubscription subscription) {
        subscription.establishing().lock();
        try {
            if (subscription.isClosed()) {
                return;
            }
            enter(subscription);
            waiting.remove(subscription);
            subscription.tell(true, SUBSCRIBED);
        } catch (RefusedBinding e) {
            if (!e.mayHealByItself()) {
                subscription.withdraw(index);
            }
            putOff(subscription, e.reason(), e.mayHealByItself());
        } catch (SQLException _) {
            if (!subscription.isInForce()) {
                subscription.withdraw(index);
            }
            putOff(subscription, AWAY, true);
        } finally {
            subscription.establishing().unlock();
        }
    }

    /// Tells a reason once, however often it comes.
    private void putOff(ChannelSubscription subscription, String reason, boolean again) {
        String told = again ? waiting.put(subscription, reason) : waiting.remove(subscription);
        if (subscription.isClosed()) {
            waiting.remove(subscription);
        } else if (!reason.equals(told)) {
            subscription.tell(false, reason);
        }
    }

    private void enter(ChannelSubscription subscription) throws RefusedBinding, SQLException {
        var asked = new ArrayList<Asked>();
        for (Binding binding : subscription.bindings()) {
            asked.add(Asked.of(binding));
        }
        var wanted = new HashMap<Long, List<Interest>>();
        Optional<RefusedBinding> refused = interests(subscription, asked, wanted);
        if (refused.isPresent()
                && (!subscription.isInForce() || !refused.get().mayHealByItself())) {
            throw refused.get();
        }
        subscription.replace(wanted, index);
        if (refused.isPresent()) {
            throw refused.get();
        }
        if (!subscription.isInForce() && !subscription.inForceFrom(snapshot())) {
            throw new SQLException("too much came before the snapshot", "53000");
        }
    }

    /// What it wants of each table; the first binding that is refused for now, if any.
    private Optional<RefusedBinding> interests(
            ChannelSubscription subscription, List<Asked> asked, Map<Long, List<Interest>> wanted)
            throws RefusedBinding, SQLException {
        Publication publication = members.current();
        Optional<RefusedBinding> refused = Optional.empty();
        for (Asked one : asked) {
            try {
                for (Table table : one.tables(publication)) {
                    wanted.computeIfAbsent(table.oid(), oid -> new ArrayList<>())
                            .add(check.check(subscription, one, table, publication.types()));
                }
            } catch (RefusedBinding e) {
                if (!e.mayHealByItself()) {
                    throw e;
                }
                refused = refused.isPresent() ? refused : Optional.of(e);
            }
        }
        return refused;
    }

    private Snapshot snapshot() throws SQLException {
        try (Connection connection = database.authenticator();
                PreparedStatement statement =
                        connection.prepareStatement("select pg_current_snapshot()::text");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return Snapshot.parse(rows.getString(1));
        }
    }

    /// Lets every subscription that a difference touches look again at what it wants.
    private void membersRead(Publication former, Publication now) {
        Set<Long> touched = new HashSet<>();
        for (Table table : now.tables()) {
            boolean same =
                    former.table(table.oid())
                            .filter(
                                    t ->
                                            t.hasColumnsOf(table)
                                                    && t.toString().equals(table.toString()))
                            .isPresent();
            if (!same) {
                touched.add(table.oid());
            }
        }
        for (Table table : former.tables()) {
            if (now.table(table.oid()).isEmpty()) {
                touched.add(table.oid());
            }
        }
        if (touched.isEmpty()) {
            return;
        }
        observer.tell(new ChangesEvent.MembersChanged(now.tables().size()));
        for (ChannelSubscription subscription : subscriptions) {
            if (subscription.isInForce() && isTouched(subscription, touched, now)) {
                establish(subscription);
            }
        }
    }

    private static boolean isTouched(
            ChannelSubscription subscription, Set<Long> touched, Publication now) {
        if (subscription.tables().stream().anyMatch(touched::contains)) {
            return true;
        }
        return subscription.bindings().stream()
                .flatMap(
                        binding ->
                                now
                                        .named(
                                                binding.schema().orElse("public"),
                                                binding.table().orElse("*"))
                                        .stream())
                .anyMatch(table -> touched.contains(table.oid()));
    }

    /// Reads the members now and then, and tries again what could not be put in force.
    private void keepMembers() {
        try {
            do {
                try {
                    members.reload();
                } catch (SQLException _) {
                    // Told by the delivery thread where somebody is waiting for it.
                }
                waiting.keySet().forEach(this::establish);
            } while (!ended.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return waiting.isEmpty() ? settings.membersEvery() : settings.retryEvery();
    }
}

package dev.hearth.realtime.changes.subscription;

import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Members;
import dev.hearth.realtime.changes.catalog.Publication;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.feed.Subscriber;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.realtime.changes.interest.Interest;
import dev.hearth.realtime.changes.interest.SubscriptionIndex;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.sql.Snapshot;
import dev.hearth.replication.Gap;
import dev.hearth.token.Caller;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

/// The door of this room: all subscriptions, put in force and kept so. Its thread reads the
/// publication's members and tries again what could not be put in force. Safe for any thread.
public final class Register implements Subscriptions, AutoCloseable {

    private static final String SUBSCRIBED = "Subscribed to PostgreSQL";
    private static final String AWAY = "Realtime was unable to connect to the project database";

    private final ChangeDatabase database;
    private final Duration every;
    private final Observer observer;
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Set<ChannelSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Map<ChannelSubscription, String> waiting = new ConcurrentHashMap<>();
    private final BindingCheck check;
    private final Members members;
    private final Thread keeper;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Register(
            ChangeDatabase database, String publication, Duration every, Observer observer) {
        this.database = database;
        this.every = every;
        this.observer = observer;
        check = new BindingCheck(database, publication);
        members = new Members(database, publication, this::membersRead);
        keeper = Thread.ofVirtual().name("changes-members").unstarted(this::keepMembers);
        observer.meters().gauge("realtime.changes.subscriptions", subscriptions, Set::size);
    }

    /// Starts its thread; the database need not be there yet.
    ///
    /// @param every how often members are read and failures tried again
    public static Register start(
            ChangeDatabase database, String publication, Duration every, Observer observer) {
        var register = new Register(database, publication, every, observer);
        register.keeper.start();
        return register;
    }

    /// What all subscriptions want.
    public SubscriptionIndex index() {
        return index;
    }

    /// The publication that they were checked against.
    public Members members() {
        return members;
    }

    @Override
    public Subscription subscribe(Caller caller, List<Binding> bindings, Subscriber subscriber) {
        var subscription = new ChannelSubscription(this, caller, bindings, subscriber);
        subscriptions.add(subscription);
        lookForTables(bindings);
        establish(subscription);
        return subscription;
    }

    /// Ends all subscriptions and the thread.
    @Override
    public void close() {
        ended.countDown();
        subscriptions.forEach(ChannelSubscription::close);
    }

    /// Tells whoever receives changes that some may have been missed. On the delivery thread, in
    /// the order of the log.
    public void missed(Gap gap) {
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

    /// Reads the publication now when a table or a column is not known, which may be a new one.
    /// Before any subscription's lock is taken, since a reading takes theirs.
    private void lookForTables(List<Binding> bindings) {
        Publication publication = members.current();
        if (bindings.stream().anyMatch(binding -> namesSomethingUnknown(binding, publication))) {
            try {
                members.reload();
            } catch (SQLException _) {
                // Said when the subscription is put in force.
            }
        }
    }

    private static boolean namesSomethingUnknown(Binding binding, Publication publication) {
        List<Table> tables =
                publication.named(binding.schema().orElse("public"), binding.table().orElse("*"));
        try {
            Set<String> columns = new HashSet<>(binding.select());
            Asked.of(binding).filters().forEach(filter -> columns.add(filter.column()));
            return tables.isEmpty() || tables.stream().anyMatch(table -> !table.carries(columns));
        } catch (RefusedBinding _) {
            return tables.isEmpty();
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
        observer.tell(new MembersChanged(now.tables().size()));
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
            } while (!ended.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

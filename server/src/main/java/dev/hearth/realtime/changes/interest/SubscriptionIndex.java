package dev.hearth.realtime.changes.interest;

import dev.hearth.realtime.changes.catalog.Logged;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// All interests, by table. Safe for any thread: channels enter and leave, the delivery thread
/// matches.
public final class SubscriptionIndex {

    private final Map<Long, TableIndex> tables = new ConcurrentHashMap<>();
    private final AtomicLong entered = new AtomicLong();

    /// Puts the interest in; a change that is matched later finds it.
    public void enter(long table, Interest interest) {
        tables.compute(
                table,
                (oid, index) -> {
                    TableIndex present = index == null ? new TableIndex() : index;
                    present.enter(interest);
                    return present;
                });
        entered.incrementAndGet();
    }

    /// Takes it out.
    public void leave(long table, Interest interest) {
        tables.computeIfPresent(
                table,
                (oid, index) -> {
                    index.leave(interest);
                    return index.isEmpty() ? null : index;
                });
    }

    /// Grows with each interest that enters: a change that was matched at an older number may have
    /// missed some.
    public long entered() {
        return entered.get();
    }

    /// The interests that may want this change.
    public List<Interest> matching(Logged change) {
        TableIndex index = tables.get(change.table().oid());
        return index == null ? List.of() : index.matching(change);
    }

    /// Every interest in the table.
    public Set<Interest> all(long table) {
        TableIndex index = tables.get(table);
        return index == null ? Set.of() : index.all();
    }
}

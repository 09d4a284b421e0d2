package dev.hearth.realtime.changes;

import dev.hearth.realtime.changes.filter.LocalFilter;
import dev.hearth.replication.Cell;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one binding wants of one table, checked.
///
/// @param ids the binding's id, alone
/// @param kinds of change
/// @param selected the places of the columns to deliver, the primary key among them; empty for all
/// @param local filters that are decided here
/// @param remote filters that the database decides
record Interest(
        ChannelSubscription subscription,
        BindingIds ids,
        Set<Logged.Kind> kinds,
        Optional<BitSet> selected,
        List<Local> local,
        List<Remote> remote) {

    Interest {
        kinds = Set.copyOf(kinds);
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    /// @param place of the column in its table
    /// @param type OID of the type that the canonical value has
    record Local(int place, String column, long type, LocalFilter filter) {
        boolean passes(Logged change) {
            if (change.typeOid(place) != type) {
                return false;
            }
            return switch (change.filtered(place)) {
                case Cell.Unchanged _ -> false;
                case Cell.Null _ -> filter.passes(Optional.empty());
                case Cell.Text(String text) -> filter.passes(Optional.of(text));
            };
        }
    }

    /// @param place of the column in its table
    record Remote(int place, RemoteFilter filter) {}

    /// Whether this change may be wanted, as far as it is decided here.
    boolean wants(Logged change) {
        return kinds.contains(change.kind())
                && local.stream().allMatch(filter -> filter.passes(change))
                && remote.stream()
                        .noneMatch(
                                filter ->
                                        change.filtered(filter.place()) instanceof Cell.Unchanged);
    }

    boolean isFiltered() {
        return !local.isEmpty() || !remote.isEmpty();
    }

    /// Whether the role may read every column that decides: else the filter would tell what the
    /// role may not see.
    boolean mayFilter(Logged change, Rights rights) {
        return local.stream().allMatch(f -> rights.has(change.table().columns().get(f.place())))
                && remote.stream()
                        .allMatch(f -> rights.has(change.table().columns().get(f.place())));
    }

    /// Identity: an interest is one of its subscription's, whatever it says.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

package dev.hearth.realtime.changes.interest;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.filter.LocalFilter;
import dev.hearth.realtime.changes.filter.RemoteFilter;
import dev.hearth.replication.Cell;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What one binding wants of one table, checked.
///
/// @param recipient whose binding it is
/// @param ids the binding's id, alone
/// @param kinds of change
/// @param selected the places of the columns to deliver, the primary key among them; empty for all
/// @param local filters that are decided here
/// @param remote filters that the database decides
public record Interest(
        Recipient recipient,
        BindingIds ids,
        Set<Logged.Kind> kinds,
        Optional<BitSet> selected,
        List<Local> local,
        List<Remote> remote) {

    /// Copies the lists.
    public Interest {
        kinds = Set.copyOf(kinds);
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    /// A filter that is decided here.
    ///
    /// @param place of the column in its table
    /// @param type OID of the type that the canonical value has
    public record Local(int place, String column, long type, LocalFilter filter) {
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

    /// A filter that the database decides.
    ///
    /// @param place of the column in its table
    public record Remote(int place, RemoteFilter filter) {}

    /// Whether this change may be wanted, as far as it is decided here.
    boolean wants(Logged change) {
        return kinds.contains(change.kind())
                && local.stream().allMatch(filter -> filter.passes(change))
                && remote.stream()
                        .noneMatch(
                                filter ->
                                        change.filtered(filter.place()) instanceof Cell.Unchanged);
    }

    /// Whether it wants some rows only.
    public boolean isFiltered() {
        return !local.isEmpty() || !remote.isEmpty();
    }

    /// Whether the role may read every column that decides: else the filter would tell what the
    /// role may not see.
    ///
    /// @param readable which columns it may read
    public boolean mayFilter(Table table, Predicate<? super Table.Column> readable) {
        return IntStream.concat(
                        local.stream().mapToInt(Local::place),
                        remote.stream().mapToInt(Remote::place))
                .mapToObj(table.columns()::get)
                .allMatch(readable);
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

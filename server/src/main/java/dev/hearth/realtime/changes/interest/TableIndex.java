package dev.hearth.realtime.changes.interest;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.replication.Cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The interests in one table. Those that ask for equality with known values lie under these values
/// and cost a change nothing that has others; the rest is looked at one by one. Entering and
/// leaving take the same time however many there are; safe for any thread.
final class TableIndex {

    /// Where an interest lies: under values of one column.
    private record Place(int column, Set<String> values) {}

    private final Set<Interest> all = ConcurrentHashMap.newKeySet();
    private final Set<Interest> scanned = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Map<String, Set<Interest>>> byValue = new ConcurrentHashMap<>();

    void enter(Interest interest) {
        all.add(interest);
        Optional<Place> place = place(interest);
        if (place.isEmpty()) {
            scanned.add(interest);
            return;
        }
        Map<String, Set<Interest>> values =
                byValue.computeIfAbsent(place.get().column(), c -> new ConcurrentHashMap<>());
        for (String value : place.get().values()) {
            values.compute(
                    value,
                    (v, interests) -> {
                        Set<Interest> present =
                                interests == null ? ConcurrentHashMap.newKeySet(2) : interests;
                        present.add(interest);
                        return present;
                    });
        }
    }

    void leave(Interest interest) {
        all.remove(interest);
        scanned.remove(interest);
        Optional<Place> place = place(interest);
        if (place.isEmpty()) {
            return;
        }
        Map<String, Set<Interest>> values = byValue.get(place.get().column());
        if (values == null) {
            return;
        }
        for (String value : place.get().values()) {
            values.computeIfPresent(
                    value,
                    (v, interests) -> {
                        interests.remove(interest);
                        return interests.isEmpty() ? null : interests;
                    });
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Every interest, whatever its filters.
    Set<Interest> all() {
        return all;
    }

    /// The interests that may want this change.
    List<Interest> matching(Logged change) {
        var found = new ArrayList<Interest>();
        Consumer<Interest> take =
                interest -> {
                    if (interest.wants(change)) {
                        found.add(interest);
                    }
                };
        scanned.forEach(take);
        byValue.forEach(
                (column, values) -> {
                    if (change.filtered(column) instanceof Cell.Text(String text)) {
                        Set<Interest> interests = values.get(text);
                        if (interests != null) {
                            interests.forEach(take);
                        }
                    }
                });
        return found;
    }

    private static Optional<Place> place(Interest interest) {
        return interest.local().stream()
                .flatMap(
                        filter ->
                                filter.filter().lookup().stream()
                                        .map(values -> new Place(filter.place(), values)))
                .min((a, b) -> Integer.compare(a.values().size(), b.values().size()));
    }
}

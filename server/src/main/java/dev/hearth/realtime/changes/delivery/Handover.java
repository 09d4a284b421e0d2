package dev.hearth.realtime.changes.delivery;

import dev.hearth.config.ChangesConfig;
import dev.hearth.config.ChangesConfig.Deletes;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Logged.Kind;
import dev.hearth.realtime.changes.catalog.Table.Column;
import dev.hearth.realtime.changes.delivery.ChangeJson.Old;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.interest.Interest;
import dev.hearth.realtime.changes.interest.Recipient;
import dev.hearth.realtime.changes.value.Json;
import dev.hearth.realtime.changes.verdict.Question;
import dev.hearth.realtime.changes.verdict.Rights;
import dev.hearth.realtime.changes.verdict.Verdict;
import dev.hearth.replication.TransactionId;
import dev.hearth.token.Caller;

import io.micrometer.core.instrument.Counter;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hands an answered change to its subscribers: who sees which columns (realtime.md 6.5 and 15.2),
/// one delivery per channel and set of columns. For the delivery thread only.
final class Handover {

    private static final String NO_KEY = "Error 400: Bad Request, no primary key";
    private static final String NO_RIGHT = "Error 401: Unauthorized";

    private record Receiver(Recipient recipient, Delivery delivery) {}

    private final ChangesConfig config;
    private final Json json;
    private final Observer observer;
    private final InstantSource clock;
    private final Counter deliveries;

    Handover(ChangesConfig config, Json json, Observer observer, InstantSource clock) {
        this.config = config;
        this.json = json;
        this.observer = observer;
        this.clock = clock;
        deliveries = observer.meters().counter("realtime.changes.deliveries");
    }

    /// Every question of it is answered, and its transaction is visible.
    void handOver(Held held) {
        Optional<Logged> logged = held.logged();
        if (logged.isEmpty()) {
            return;
        }
        Logged change = logged.get();
        // What was cut is too large, whatever is left of it.
        int most = held.item().cut() ? 0 : config.maxChangeBytes();
        var encoded = new ChangeJson(change, json, observer, most);
        var receivers = new LinkedHashMap<Receiver, List<BindingIds>>();
        for (Interest interest : held.withoutKey()) {
            if (!isExpired(interest.recipient().callerIn(change.change().transaction()))) {
                add(receivers, interest, encoded.error(NO_KEY));
            }
        }
        held.interests()
                .forEach(
                        (caller, interests) -> {
                            if (!isExpired(caller)) {
                                collect(held, caller, interests, encoded, receivers);
                            }
                        });
        TransactionId transaction = change.change().transaction().xid();
        receivers.forEach(
                (receiver, ids) -> {
                    deliveries.increment();
                    receiver.recipient().deliver(transaction, receiver.delivery(), together(ids));
                });
    }

    private void collect(
            Held held,
            Caller caller,
            List<Interest> interests,
            ChangeJson encoded,
            Map<Receiver, List<BindingIds>> receivers) {
        Logged change = held.logged().orElseThrow();
        Rights rights = held.rights(caller);
        Verdict row = held.verdict(new Question.OfRow(change, caller));
        for (Interest interest : interests) {
            if (!interest.mayFilter(change.table(), rights::has)
                    || !passes(held, caller, interest)) {
                continue;
            }
            show(change, interest, rights, row, encoded)
                    .ifPresent(delivery -> add(receivers, interest, delivery));
        }
    }

    private static boolean passes(Held held, Caller caller, Interest interest) {
        Logged change = held.logged().orElseThrow();
        return interest.remote().stream()
                .map(
                        filter ->
                                new Question.OfFilter(
                                        change, caller, filter.place(), filter.filter()))
                .allMatch(question -> held.verdict(question) == Verdict.VISIBLE);
    }

    private Optional<Delivery> show(
            Logged change, Interest interest, Rights rights, Verdict row, ChangeJson encoded) {
        if (change.kind() == Kind.DELETE) {
            return deleted(change, interest, rights, row, encoded);
        }
        if (!rights.hasAll(change.table().key())) {
            // With policies, a filter that matched would tell of a row that they may hide.
            boolean tells = rights.rowSecurity() && interest.isFiltered();
            return row == Verdict.UNKNOWN || row == Verdict.HIDDEN || tells
                    ? Optional.empty()
                    : Optional.of(encoded.error(NO_RIGHT));
        }
        Old old = change.hasWholeOldRow() && row == Verdict.VISIBLE ? Old.ALL : Old.KEY;
        return switch (row) {
            case HIDDEN, UNKNOWN -> Optional.empty();
            case VISIBLE, NEW_ONLY ->
                    Optional.of(encoded.show(columns(change, interest, rights), old));
        };
    }

    private Optional<Delivery> deleted(
            Logged change, Interest interest, Rights rights, Verdict row, ChangeJson encoded) {
        boolean judged = !rights.rowSecurity() || change.hasWholeOldRow();
        boolean hidden = row == Verdict.HIDDEN || row == Verdict.UNKNOWN;
        if (hidden || (!judged && config.deletes() == Deletes.OFF)) {
            return Optional.empty();
        }
        BitSet identity = identity(change);
        BitSet readable = columns(change, interest, rights);
        List<Column> columns = change.table().columns();
        boolean mayReadKey = identity.stream().allMatch(i -> rights.has(columns.get(i)));
        if (!mayReadKey || readable.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(encoded.show(readable, change.hasWholeOldRow() ? Old.ALL : Old.KEY));
    }

    /// What a deleted row is known by: the primary key where the log holds it, else the identity.
    private static BitSet identity(Logged change) {
        var places = new BitSet();
        List<Column> columns = change.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (change.hasWholeOldRow() ? columns.get(i).key() : change.identifies(i)) {
                places.set(i);
            }
        }
        return places;
    }

    private static BitSet columns(Logged change, Interest interest, Rights rights) {
        var places = new BitSet();
        List<Column> columns = change.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (rights.has(columns.get(i)) && change.carries(i)) {
                places.set(i);
            }
        }
        interest.selected().ifPresent(places::and);
        return places;
    }

    private static void add(
            Map<Receiver, List<BindingIds>> receivers, Interest interest, Delivery delivery) {
        receivers
                .computeIfAbsent(
                        new Receiver(interest.recipient(), delivery),
                        receiver -> new ArrayList<>(1))
                .add(interest.ids());
    }

    private static BindingIds together(List<BindingIds> ids) {
        return ids.size() == 1
                ? ids.getFirst()
                : new BindingIds(ids.stream().flatMap(i -> i.ids().stream()).toList());
    }

    private boolean isExpired(Caller caller) {
        Instant now = clock.instant();
        return caller.expiresAt().filter(at -> !at.isAfter(now)).isPresent();
    }
}

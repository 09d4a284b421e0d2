package dev.hearth.realtime.changes.subscription;

import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.catalog.Table.Column;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.filter.Filter;
import dev.hearth.realtime.changes.filter.LocalFilter;
import dev.hearth.realtime.changes.filter.RemoteFilter;
import dev.hearth.realtime.changes.interest.Interest;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.sql.SqlStates;
import dev.hearth.realtime.changes.value.Equality;
import dev.hearth.realtime.changes.value.PgType;
import dev.hearth.realtime.changes.value.Shape;
import dev.hearth.realtime.changes.value.Types;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks a binding against a table and makes an [Interest] of it: columns exist, may be read and
/// are in the stream; values are cast once, by the database. Blocks, unless there is neither filter
/// nor `select`.
final class BindingCheck {

    private static final String RAISED = "P0001";
    private static final Set<String> IS_WORDS = Set.of("null", "true", "false", "unknown");

    private final ChangeDatabase database;
    private final String publication;

    BindingCheck(ChangeDatabase database, String publication) {
        this.database = database;
        this.publication = publication;
    }

    /// @throws RefusedBinding with upstream's text
    /// @throws SQLException when the database is away
    Interest check(ChannelSubscription subscription, Asked asked, Table table, Types types)
            throws RefusedBinding, SQLException {
        var local = new ArrayList<Interest.Local>();
        var remote = new ArrayList<Interest.Remote>();
        Optional<BitSet> selected = Optional.empty();
        if (!asked.filters().isEmpty() || !asked.binding().select().isEmpty()) {
            try (Connection connection = database.authenticator();
                    var session = new FilterSession(connection, subscription.caller())) {
                Set<Integer> readable = session.readable(table.oid());
                for (Filter filter : asked.filters()) {
                    int place = place(asked, table, readable, filter.column(), "filter");
                    Optional<LocalFilter> decided =
                            filter(asked, filter, table.columns().get(place), types, session);
                    if (decided.isPresent()) {
                        long type = table.columns().get(place).type();
                        local.add(new Interest.Local(place, filter.column(), type, decided.get()));
                    } else {
                        PgType type = type(table.columns().get(place), types);
                        remote.add(new Interest.Remote(place, RemoteFilter.of(filter, type)));
                    }
                }
                selected = selected(asked, table, readable);
            } catch (SQLException e) {
                if (SqlStates.isAway(e)) {
                    throw e;
                }
                throw asked.refused(SqlStates.of(e), FilterSession.message(e));
            }
        }
        return new Interest(
                subscription,
                new BindingIds(List.of(asked.binding().id())),
                asked.kinds(),
                selected,
                local,
                remote);
    }

    private int place(Asked asked, Table table, Set<Integer> readable, String name, String what)
            throws RefusedBinding {
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (column.name().equals(name) && readable.contains(column.number())) {
                if (!column.published()) {
                    throw asked.refused(
                            RAISED,
                            "invalid column for %s %s: publication %s does not carry it (it is generated or left out of the publication's column list)"
                                    .formatted(what, name, publication));
                }
                return i;
            }
        }
        throw asked.refused(RAISED, "invalid column for " + what + " " + name);
    }

    private Optional<BitSet> selected(Asked asked, Table table, Set<Integer> readable)
            throws RefusedBinding {
        if (asked.binding().select().isEmpty()) {
            return Optional.empty();
        }
        var places = new BitSet();
        for (String name : asked.binding().select()) {
            places.set(place(asked, table, readable, name, "select"));
        }
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).key()) {
                places.set(i);
            }
        }
        return Optional.of(places);
    }

    private static PgType type(Column column, Types types) {
        return types.find(column.type())
                .orElseThrow(() -> new IllegalStateException("a column without a type"));
    }

    /// Empty where only the database can decide; then it has shown that it can.
    private static Optional<LocalFilter> filter(
            Asked asked, Filter filter, Column column, Types types, FilterSession session)
            throws RefusedBinding, SQLException {
        PgType type = type(column, types);
        Equality equality = column.deterministic() ? type.equality() : Equality.NONE;
        return switch (filter) {
            case Filter.Is is -> Optional.of(is(asked, is, type, session));
            case Filter.Matches matches -> {
                session.tryPattern(asked, matches, type);
                yield Optional.empty();
            }
            case Filter.In in -> {
                List<Optional<String>> values = session.list(asked, in.value(), type);
                if (equality.byText()) {
                    yield Optional.of(LocalFilter.OneOf.of(values, in.negated()));
                }
                session.tryOut(filter, type);
                yield Optional.empty();
            }
            case Filter.Distinct distinct -> {
                String canonical = session.canonical(distinct.value(), type);
                if (equality.byText()) {
                    yield Optional.of(new LocalFilter.DistinctFrom(canonical, distinct.negated()));
                }
                session.tryOut(filter, type);
                yield Optional.empty();
            }
            case Filter.Compare compare -> {
                String canonical = session.canonical(compare.value(), type);
                boolean equal =
                        compare.comparison() == Filter.Comparison.EQ
                                || compare.comparison() == Filter.Comparison.NEQ;
                if (equal ? equality.byText() : equality.ordered()) {
                    yield Optional.of(
                            new LocalFilter.Compared(
                                    compare.comparison(), canonical, equality, compare.negated()));
                }
                session.tryOut(filter, type);
                yield Optional.empty();
            }
        };
    }

    private static LocalFilter is(Asked asked, Filter.Is is, PgType type, FilterSession session)
            throws RefusedBinding, SQLException {
        if (!IS_WORDS.contains(is.value())) {
            throw asked.refused(
                    RAISED, "invalid value for is filter: must be null, true, false, or unknown");
        }
        boolean wantsBoolean = !is.value().equals("null");
        if (wantsBoolean && !(type.shape() instanceof Shape.Truth)) {
            throw asked.refused(
                    RAISED,
                    "is %s filter requires a boolean column, got %s"
                            .formatted(is.value(), session.printed(type)));
        }
        return switch (is.value()) {
            case "true" -> new LocalFilter.IsTruth(true, is.negated());
            case "false" -> new LocalFilter.IsTruth(false, is.negated());
            default -> new LocalFilter.IsNull(is.negated());
        };
    }
}

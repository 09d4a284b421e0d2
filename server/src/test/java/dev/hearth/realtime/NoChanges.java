package dev.hearth.realtime;

import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.feed.Subscriber;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.token.Caller;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Subscriptions without a database: remembers who subscribed and as whom.
final class NoChanges implements Subscriptions {

    /// Three entries of a join, two of which are the same.
    static final String BINDINGS =
            "'postgres_changes':[{'event':'insert','schema':'public','table':'notes','filter':'id=eq.1','select':['id']},{'event':'*','schema':'public'},{'schema':'public','event':'*'}]";

    /// One call of `subscribe`.
    record Subscribed(
            Caller caller,
            List<Binding> bindings,
            Subscriber subscriber,
            List<Caller> changed,
            List<String> log) {}

    final List<Subscribed> all = new CopyOnWriteArrayList<>();

    @Override
    public Subscription subscribe(Caller caller, List<Binding> bindings, Subscriber subscriber) {
        var subscribed =
                new Subscribed(
                        caller,
                        bindings,
                        subscriber,
                        new CopyOnWriteArrayList<>(),
                        new CopyOnWriteArrayList<>());
        all.add(subscribed);
        subscriber.system(true, "Subscribed to PostgreSQL");
        return new Subscription() {
            @Override
            public void changeCaller(Caller next) {
                subscribed.changed().add(next);
                subscriber.system(true, "Subscribed to PostgreSQL");
            }

            @Override
            public void close() {
                subscribed.log().add("closed");
            }
        };
    }
}

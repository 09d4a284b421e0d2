package dev.hearth.examples;

import static dev.hearth.client.realtime.PresenceEvent.JOIN;
import static dev.hearth.client.realtime.PresenceEvent.LEAVE;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.Channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Who is there: who comes, who goes, and all at once.
public final class ShowPresence {

    record Person(String name) {}

    private ShowPresence() {}

    public static void main(String[] args) throws InterruptedException {
        var came = new CountDownLatch(2);
        var gone = new CountDownLatch(1);
        try (SupabaseClient ann = Hearth.connect();
                SupabaseClient bob = Hearth.connect()) {
            Channel lobby =
                    ann.channel("lobby")
                            .onPresence(
                                    JOIN,
                                    Person.class,
                                    (key, there, joined) -> {
                                        joined.forEach(who -> say(who.value(), "comes"));
                                        came.countDown();
                                    })
                            .onPresence(
                                    LEAVE,
                                    Person.class,
                                    (key, there, left) -> {
                                        left.forEach(who -> say(who.value(), "goes"));
                                        gone.countDown();
                                    })
                            .subscribe(Duration.ofSeconds(20));
            lobby.track(new Person("Ann"));
            Channel bobs = bob.channel("lobby").subscribe(Duration.ofSeconds(20));
            bobs.track(new Person("Bob"));
            Await.all(came);
            System.out.println("here: " + names(lobby));

            bobs.untrack();
            Await.all(gone);
            System.out.println("here: " + names(lobby));
        }
    }

    private static void say(Person who, String what) {
        System.out.println(who.name() + " " + what);
    }

    private static List<String> names(Channel channel) {
        return channel.presenceState(Person.class).values().stream()
                .flatMap(List::stream)
                .map(who -> who.value().name())
                .sorted()
                .toList();
    }
}

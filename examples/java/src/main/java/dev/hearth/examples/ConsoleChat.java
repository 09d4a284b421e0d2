package dev.hearth.examples;

import static dev.hearth.client.realtime.PostgresEvent.INSERT;
import static dev.hearth.client.realtime.PresenceEvent.JOIN;
import static dev.hearth.client.realtime.PresenceEvent.LEAVE;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.realtime.Channel;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;

/// A chat: what is typed is said, `/wave` waves, `/who` tells who is there. It goes on when the
/// server was away.
public final class ConsoleChat {

    record Message(long id, String name, String body) {}

    record Person(String name) {}

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    private final Set<Long> shown = new HashSet<>();
    private final SupabaseClient client;
    private final Person me;
    private final Channel room;

    private ConsoleChat(SupabaseClient client, Person me) {
        this.client = client;
        this.me = me;
        room =
                client.channel("chat")
                        .onPostgresChanges(
                                INSERT,
                                rows -> rows.schema("public").table("messages"),
                                Message.class,
                                change -> show(change.newRecord()))
                        .onBroadcast("wave", Person.class, wave -> tell(wave.payload(), "waves"))
                        .onPresence(
                                JOIN,
                                Person.class,
                                (key, there, who) -> who.forEach(p -> tell(p.value(), "is here")))
                        .onPresence(
                                LEAVE,
                                Person.class,
                                (key, there, who) -> who.forEach(p -> tell(p.value(), "has left")))
                        .onResync(this::fetch);
    }

    public static void main(String[] args) {
        try (SupabaseClient client = Hearth.connect();
                var input = new Scanner(System.in, Charset.defaultCharset())) {
            client.auth().signInAnonymously();
            var chat = new ConsoleChat(client, new Person(args.length > 0 ? args[0] : "guest"));
            chat.room.subscribe(Duration.ofSeconds(20)).track(chat.me);
            chat.fetch();
            while (input.hasNextLine()) {
                chat.say(input.nextLine());
            }
        }
    }

    private void say(String line) {
        try {
            switch (line) {
                case "/wave" -> System.out.println("* sent: " + room.send("wave", me));
                case "/who" -> System.out.println("* here: " + String.join(", ", here()));
                default ->
                        client.from("messages")
                                .insert(Map.of("name", me.name(), "body", line))
                                .execute();
            }
        } catch (SupabaseException e) {
            System.out.println("! not sent: " + e.getMessage());
        }
    }

    private List<String> here() {
        return room.presenceState(Person.class).values().stream()
                .flatMap(List::stream)
                .map(who -> who.value().name())
                .sorted()
                .toList();
    }

    /// What was said before, and while the connection was lost.
    private void fetch() {
        List<Message> said =
                client.from("messages")
                        .select()
                        .gte("sent_at", yesterday)
                        .order("id")
                        .execute(Message.class);
        said.forEach(this::show);
    }

    /// A message may come by both ways; it is shown once.
    private synchronized void show(Message message) {
        if (shown.add(message.id())) {
            System.out.println(message.name() + ": " + message.body());
        }
    }

    private static void tell(Person who, String what) {
        System.out.println("* " + who.name() + " " + what);
    }
}

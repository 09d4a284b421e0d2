package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.ChannelOptions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Messages between programs, which no table holds: over the socket, as bytes, and by HTTP.
public final class SendBroadcasts {

    record Cursor(int x, int y) {}

    private SendBroadcasts() {}

    public static void main(String[] args) throws InterruptedException {
        var heard = new CountDownLatch(3);
        try (SupabaseClient ann = Hearth.connect();
                SupabaseClient bob = Hearth.connect()) {
            bob.channel("board")
                    .onBroadcast(
                            "cursor",
                            Cursor.class,
                            cursor -> {
                                System.out.println("cursor at " + cursor.payload().x());
                                heard.countDown();
                            })
                    .onBroadcast(
                            "picture",
                            picture -> {
                                System.out.println(picture.payload().bytes().length + " bytes");
                                heard.countDown();
                            })
                    .subscribe(Duration.ofSeconds(20));

            var acknowledged = ChannelOptions.builder().broadcast(b -> b.ack(true)).build();
            var board = ann.channel("board", acknowledged).subscribe(Duration.ofSeconds(20));
            System.out.println("sent: " + board.send("cursor", new Cursor(3, 4)));
            System.out.println("sent: " + board.send("picture", new byte[] {1, 2, 3}));
            // By HTTP nobody needs to subscribe first.
            ann.channel("board").httpSend("cursor", Map.of("x", 5, "y", 6));
            Await.all(heard);
        }
    }
}

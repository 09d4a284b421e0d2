package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Frames that should not be: each is reported, and nothing else suffers.
class BadFramesTest {

    record Counted(int n) {}

    private static void broadcast(Rig rig, int n) {
        rig.server.send("c", "broadcast", "{\"event\":\"n\",\"payload\":{\"n\":" + n + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null,null,\"realtime:c\",\"broadcast\",{\"event\":",
                "no JSON at all",
                "{}",
                "[]",
                "[null,null,\"realtime:c\",\"presence_diff\",nonsense]",
                "[null,\"1\",\"realtime:c\",\"phx_reply\",{\"status\":]",
                "[null,null,\"realtime:elsewhere\",\"broadcast\",{}]",
                "[null,null,\"realtime:c\",\"surprise\",{}]",
                "[null,null,\"realtime:c\",\"broadcast\",[1]]",
                ""
            })
    void aFrameThatIsNoneIsReportedAndTheNextIsHeard(String frame) throws Exception {
        try (var rig = new Rig()) {
            var heard = new CompletableFuture<Counted>();
            Channel channel =
                    rig.client
                            .channel("c")
                            .onBroadcast("n", Counted.class, b -> heard.complete(b.payload()));
            rig.join(channel);
            rig.server.socket().send(frame);
            broadcast(rig, 1);
            assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo(new Counted(1));
            rig.awaitError("protocol:");
            assertThat(rig.errors).hasSize(1);
            assertThat(rig.client.stats().protocolErrors()).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeReadAsTheTypeIsReported() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<Counted>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onBroadcast("n", Counted.class, b -> heard.add(b.payload())));
            rig.server.send("c", "broadcast", "{\"event\":\"n\",\"payload\":{\"n\":\"x\"}}");
            broadcast(rig, 2);
            Rig.eventually(() -> heard.size() == 1);
            rig.awaitError("decode: c");
        }
    }

    @Test
    void messagesOfAnEarlierJoinAreLeftOut() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            rig.join(rig.client.channel("c").onBroadcast("*", b -> heard.add(b.event())));
            rig.server.send("c", "broadcast", "{\"event\":\"old\",\"payload\":{}}", "999");
            rig.server.send("c", "broadcast", "{\"event\":\"new\",\"payload\":{}}");
            Rig.eventually(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("new");
        }
    }
}

package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Handshake;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketDecision;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.exchange.SocketListener;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Joins that are refused, in upstream's words: realtime.md 3.2 and 3.6.
class RealtimeRefusalTest {

    @Test
    void refusesATopicWithoutAName() throws Exception {
        refuses("realtime:", "{}", "TopicNameRequired: You must provide a topic name");
    }

    @Test
    void refusesAPrivateChannel() throws Exception {
        refuses(
                "realtime:room:1",
                "{'config':{'private':true}}",
                "Unauthorized: You do not have permissions to read from this Channel topic:"
                        + " room:1");
    }

    @Test
    void refusesReplay() throws Exception {
        refuses(
                "realtime:a",
                "{'config':{'broadcast':{'replay':{'since':1}}}}",
                "UnableToReplayMessages: Replay is not allowed for public channels");
    }

    @Test
    void refusesMoreChannelsThanAllowed() throws Exception {
        try (var server = TestRealtime.start("MAX_CHANNELS_PER_CLIENT", "1");
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['2','2','realtime:b','phx_join',{'config':{}}]");

            client.expect(
                    "['2','2','realtime:b','phx_reply',{'status':'error','response':{'reason':'ChannelRateLimitReached:"
                        + " Too many channels'}}]");
        }
    }

    @Test
    void refusesMoreJoinsThanAllowedAndClosesTheSocket() throws Exception {
        try (var server = TestRealtime.start("MAX_JOINS_PER_SECOND", "1");
                var client = server.two()) {
            for (int i = 0; i < 11; i++) {
                client.send("['1','1','realtime:t%d','phx_join',{'config':{}}]".formatted(i));
            }

            JsonNode message = client.text();
            while (message.at("/4/status").asText().equals("ok")) {
                message = client.text();
            }

            assertThat(message.at("/4/response/reason").asText())
                    .isEqualTo("ClientJoinRateLimitReached: Too many joins per second");
            assertThat(client.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void holdsTheRefusalOfAJoinBack() throws Exception {
        try (var server = TestRealtime.start("CHANNEL_ERROR_BACKOFF_MS", "300");
                var client = server.two()) {
            long start = System.nanoTime();
            client.send("['1','1','realtime:','phx_join',{}]");
            client.expectNothingElse();

            client.text();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void failsAJoinWhoseSubscriptionFails() throws Exception {
        try (var server =
                        TestRealtime.start(
                                (caller, bindings, subscriber) -> {
                                    throw new IllegalStateException();
                                });
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));

            client.expect(
                    "['1','1','realtime:a','phx_reply',{'status':'error','response':{'reason':'Unknown"
                        + " Error on Channel'}}]");
            client.join("realtime:a", "");
        }
    }

    private static void refuses(String topic, String payload, String reason) throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','1','%s','phx_join',%s]".formatted(topic, payload));

            client.expect(
                    "['1','1','%s','phx_reply',{'status':'error','response':{'reason':'%s'}}]"
                            .formatted(topic, reason));
            client.expectNothingElse();
        }
    }

    /// Sockets are closed one after the other; a join may come in before its own is.
    @Test
    void refusesAJoinThatComesWhileTheServerGoes() throws Exception {
        var sent = new ArrayList<String>();
        try (var server = TestRealtime.start()) {
            var listener = new CompletableFuture<SocketListener>();
            var socket =
                    new Socket() {
                        @Override
                        public void send(SocketFrames frames) {
                            sent.add(StandardCharsets.UTF_8.decode(frames.buffer()).toString());
                        }

                        @Override
                        public void close(int code, String reason) {
                            listener.join()
                                    .text(
                                            "[\"1\",\"1\",\"realtime:a\",\"phx_join\",{}]"
                                                    .getBytes(StandardCharsets.UTF_8));
                            listener.join().closed();
                        }
                    };
            listener.complete(open(server, socket));

            server.realtime.close();
        }

        assertThat(sent)
                .containsExactly(
                        "[\"1\",\"1\",\"realtime:a\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"RealtimeRestarting:"
                            + " Realtime is restarting, please standby\"}}]");
    }

    private static SocketListener open(TestRealtime server, Socket socket) {
        var route = server.realtime.sockets().getFirst();
        var handshake =
                new Handshake(
                        route.path(),
                        List.of(
                                new RequestLine.Parameter("apikey", TestRealtime.PUBLISHABLE),
                                new RequestLine.Parameter("vsn", "2.0.0")),
                        Headers.NONE);
        var decision = (SocketDecision.Accept) route.handler().decide(handshake);
        return decision.opened().apply(socket);
    }
}

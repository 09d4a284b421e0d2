package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

/// Presence over sockets: realtime.md 8.
class RealtimePresenceTest {

    private static final String KEYED = "'presence':{'enabled':true,'key':'%s'}";

    @Test
    void showsATrackedClientToEverybodyTheTrackerIncluded() throws Exception {
        try (var server = TestRealtime.start();
                var one = member(server, "k1");
                var two = member(server, "k2")) {
            track(one, "{'a':1}");

            JsonNode own = diff(one);
            assertThat(own.at("/joins/k1/metas/0/a").intValue()).isEqualTo(1);
            assertThat(own.at("/joins/k1/metas/0/phx_ref").asText()).isNotEmpty();
            assertThat(own.at("/leaves")).isEmpty();
            assertThat(diff(two)).isEqualTo(own);
        }
    }

    @Test
    void givesALateMemberTheState() throws Exception {
        try (var server = TestRealtime.start();
                var one = member(server, "k1")) {
            track(one, "{'a':1}");
            JsonNode meta = diff(one).at("/joins/k1/metas/0");
            try (var late = server.two()) {
                late.send(
                        "['1','1','realtime:a','phx_join',{'config':{'presence':{'enabled':true}}}]");
                late.text();

                late.expect(
                        "['1',null,'realtime:a','presence_state',{'k1':{'metas':[%s]}}]"
                                .formatted(meta));
                late.expectNothingElse();
            }
        }
    }

    @Test
    void keepsAUserPresentAsLongAsOneOfItsTabs() throws Exception {
        try (var server = TestRealtime.start();
                var watcher = member(server, "w");
                var one = member(server, "k")) {
            track(one, "{'tab':1}");
            diff(watcher);
            try (var two = member(server, "k", 1)) {
                track(two, "{'tab':2}");
                assertThat(diff(watcher).at("/joins/k/metas/0/tab").intValue()).isEqualTo(2);
                two.kill();
            }

            JsonNode left = diff(watcher);

            assertThat(left.at("/leaves/k/metas")).hasSize(1);
            assertThat(left.at("/leaves/k/metas/0/tab").intValue()).isEqualTo(2);
        }
    }

    @Test
    void updatesInOneDiffWithTheReferenceBefore() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "k")) {
            track(client, "{'a':1}");
            JsonNode first = diff(client).at("/joins/k/metas/0");

            track(client, "{'a':2}");

            JsonNode update = diff(client);
            assertThat(update.at("/leaves/k/metas/0")).isEqualTo(first);
            assertThat(update.at("/joins/k/metas/0/phx_ref_prev")).isEqualTo(first.get("phx_ref"));
            assertThat(update.at("/joins/k/metas/0/phx_ref")).isNotEqualTo(first.get("phx_ref"));
        }
    }

    @Test
    void saysNothingWhenThePayloadIsTheSame() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "k")) {
            track(client, "{'a':1,'b':2}");
            diff(client);
            client.text();

            client.send(push("{'type':'presence','event':'TRACK','payload':{'b':2,'a':1}}"));

            client.expect("['1','2','realtime:a','phx_reply',{'status':'ok','response':{}}]");
            client.expectNothingElse();
        }
    }

    @Test
    void letsGoOnUntrack() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "k")) {
            track(client, "{'a':1}");
            JsonNode meta = diff(client).at("/joins/k");

            client.send(push("{'type':'presence','event':'untrack'}"));

            JsonNode left = diff(client);
            assertThat(left.at("/leaves/k")).isEqualTo(meta);
            assertThat(left.at("/joins")).isEmpty();
        }
    }

    @Test
    void letsGoOnLeave() throws Exception {
        try (var server = TestRealtime.start();
                var watcher = member(server, "w");
                var client = member(server, "k")) {
            track(client, "{'a':1}");
            diff(watcher);

            client.send("['1','3','realtime:a','phx_leave',{}]");

            assertThat(diff(watcher).at("/leaves/k/metas")).hasSize(1);
        }
    }

    @Test
    void makesAKeyWhereNoneWasGiven() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "")) {
            track(client, "{}");

            assertThat(diff(client).at("/joins").fieldNames().next()).hasSize(36);
        }
    }

    @Test
    void sendsDiffsButNoStateToAMemberThatDidNotAsk() throws Exception {
        try (var server = TestRealtime.start();
                var watcher = server.two();
                var client = member(server, "k")) {
            watcher.join("realtime:a", "'presence':{'enabled':false}");

            track(client, "{'a':1}");

            assertThat(diff(watcher).at("/joins/k/metas")).hasSize(1);
        }
    }

    @Test
    void refusesAPayloadThatIsNoObject() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "k")) {
            client.send(push("{'type':'presence','event':'track','payload':5}"));

            client.expect(
                    "['1','2','realtime:a','phx_reply',{'status':'error','response':{'reason':'Presence"
                        + " track payload must be a map'}}]");
        }
    }

    @Test
    void refusesAnUnknownEvent() throws Exception {
        try (var server = TestRealtime.start();
                var client = member(server, "k")) {
            client.send(push("{'type':'presence','event':'dance'}"));

            client.expect("['1','2','realtime:a','phx_reply',{'status':'error','response':{}}]");
        }
    }

    @Test
    void endsAChannelThatTracksTooOften() throws Exception {
        try (var server = TestRealtime.start("CLIENT_PRESENCE_MAX_CALLS", "2");
                var client = member(server, "k")) {
            for (int i = 0; i < 3; i++) {
                client.send(push("{'event':'dance'}"));
            }
            client.text();
            client.text();

            expectShutdown(client, "Client presence rate limit exceeded");
        }
    }

    @Test
    void countsAnewInTheNextWindow() throws Exception {
        try (var server =
                        TestRealtime.start(
                                "CLIENT_PRESENCE_MAX_CALLS",
                                "1",
                                "CLIENT_PRESENCE_WINDOW_MS",
                                "1");
                var client = member(server, "k")) {
            for (int i = 0; i < 5; i++) {
                long sent = System.nanoTime();
                client.send(push("{'event':'dance'}"));
                client.expect(
                        "['1','2','realtime:a','phx_reply',{'status':'error','response':{}}]");
                await().until(() -> System.nanoTime() - sent > 5_000_000);
            }

            client.expectNothingElse();
        }
    }

    @Test
    void endsAChannelWhoseTopicTracksTooOften() throws Exception {
        try (var server = TestRealtime.start("MAX_PRESENCE_EVENTS_PER_SECOND", "1");
                var client = member(server, "k")) {
            for (int i = 0; i < 60; i++) {
                client.send(push("{'event':'track','payload':{}}"));
            }

            JsonNode message = client.text();
            while (!message.get(3).asText().equals("system")) {
                message = client.text();
            }

            assertThat(message.at("/4/message").asText())
                    .isEqualTo("Too many presence messages per second");
        }
    }

    @Test
    void endsAChannelThatTracksTooMuch() throws Exception {
        try (var server = TestRealtime.start("MAX_PAYLOAD_SIZE_IN_KB", "1");
                var client = member(server, "k")) {
            client.send(
                    push("{'event':'track','payload':{'a':'%s'}}".formatted("x".repeat(1_500))));

            expectShutdown(client, "Track message size exceeded");
        }
    }

    private static void expectShutdown(SocketClient client, String message) {
        client.expect(
                "['1',null,'realtime:a','system',{'extension':'system','status':'error','message':'%s','channel':'a'}]"
                        .formatted(message));
        client.expect("['1','1','realtime:a','phx_close',{}]");
    }

    private static SocketClient member(TestRealtime server, String key) {
        SocketClient client = server.two();
        client.join("realtime:a", KEYED.formatted(key));
        assertThat(client.text().get(3).asText()).isEqualTo("presence_state");
        return client;
    }

    /// A member of a topic in which so many are present already.
    private static SocketClient member(TestRealtime server, String key, int present) {
        SocketClient client = server.two();
        client.join("realtime:a", KEYED.formatted(key));
        assertThat(client.text().at("/4")).hasSize(present);
        return client;
    }

    private static void track(SocketClient client, String payload) {
        client.send(push("{'type':'presence','event':'track','payload':%s}".formatted(payload)));
    }

    private static String push(String payload) {
        return "['1','2','realtime:a','presence',%s]".formatted(payload);
    }

    /// The next diff, past the replies.
    private static JsonNode diff(SocketClient client) {
        JsonNode message = client.text();
        while (!message.get(3).asText().equals("presence_diff")) {
            assertThat(message.get(3).asText()).isEqualTo("phx_reply");
            message = client.text();
        }
        return message.get(4);
    }
}

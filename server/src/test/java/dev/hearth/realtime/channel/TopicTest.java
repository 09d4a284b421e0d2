package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.Ref;
import dev.hearth.realtime.wire.ServerMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// One room: in which order its members see what happens.
class TopicTest {

    private static final String NAME = "realtime:a";

    private final FanOut fanOut = new FanOut(1, Duration.ofMillis(10));
    private final AtomicInteger refs = new AtomicInteger();
    private final Topic topic = new Topic(NAME, () -> "r" + refs.incrementAndGet(), 1_000);

    private final Guest ann = new Guest(ProtocolVersion.V2);
    private final Guest ben = new Guest(ProtocolVersion.V2);

    @AfterEach
    void stop() {
        fanOut.close();
    }

    /// A member and what it hears.
    private final class Guest {
        private final RecordingSocket socket = new RecordingSocket();
        private final Outlet outlet = new Outlet(socket, fanOut);
        private final Member member;

        Guest(ProtocolVersion version) {
            member = new Member(outlet, version);
        }

        boolean enter() {
            return topic.enter(member, this::welcome);
        }

        private void welcome(Supplier<String> state) {
            ServerMessage message = new ServerMessage.PresenceState(Ref.NONE, NAME, state.get());
            member.version().encode(message).ifPresent(outlet::now);
        }

        void track(int at) {
            ObjectNode payload = JsonNodeFactory.instance.objectNode();
            payload.put("at", at);
            topic.track(member, "k", payload);
        }

        List<String> heard() {
            return socket.messages().stream().map(text -> text.replace('"', '\'')).toList();
        }
    }

    private static String state(String keys) {
        return "[null,null,'realtime:a','presence_state',%s]".formatted(keys);
    }

    private static String diff(String joins, String leaves) {
        return "[null,null,'realtime:a','presence_diff',{'joins':%s,'leaves':%s}]"
                .formatted(joins, leaves);
    }

    private static String metas(String... metas) {
        return "{'k':{'metas':[%s]}}".formatted(String.join(",", metas));
    }

    private static ServerMessage broadcast(String payload) {
        return new ServerMessage.Broadcast(
                NAME, new Bytes(payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theStateComesBeforeAnyDiff() {
        ann.enter();
        ann.track(1);
        ben.enter();
        ann.track(2);

        assertThat(ben.heard())
                .containsExactly(
                        state(metas("{'at':1,'phx_ref':'r1'}")),
                        diff(
                                metas("{'at':2,'phx_ref':'r2','phx_ref_prev':'r1'}"),
                                metas("{'at':1,'phx_ref':'r1'}")));
    }

    @Test
    void stateAndDiffsTogetherAreTheLaterState() {
        ann.enter();
        ann.track(1);
        ben.enter();
        topic.leave(ann.member);

        assertThat(ben.heard())
                .containsExactly(
                        state(metas("{'at':1,'phx_ref':'r1'}")),
                        diff("{}", metas("{'at':1,'phx_ref':'r1'}")));
        var late = new Guest(ProtocolVersion.V2);
        late.enter();
        assertThat(late.heard()).containsExactly(state("{}"));
    }

    @Test
    void theTrackerHearsItsOwnDiff() {
        ann.enter();

        ann.track(1);

        assertThat(ann.heard())
                .containsExactly(state("{}"), diff(metas("{'at':1,'phx_ref':'r1'}"), "{}"));
    }

    @Test
    void whoLeavesHearsNothingOfIt() {
        ann.enter();
        ann.track(1);
        ben.enter();

        topic.leave(ann.member);

        assertThat(ann.heard()).hasSize(2);
    }

    @Test
    void oneTabThatLeavesKeepsTheOther() {
        ann.enter();
        ben.enter();
        ann.track(1);
        ben.track(2);
        topic.leave(ann.member);
        var late = new Guest(ProtocolVersion.V2);

        late.enter();

        assertThat(late.heard()).containsExactly(state(metas("{'at':2,'phx_ref':'r2'}")));
    }

    @Test
    void aMessageReachesAllButItsSender() {
        ann.enter();
        ben.enter();

        topic.publish(broadcast("{}"), ann.member);

        assertThat(ann.heard()).hasSize(1);
        assertThat(ben.heard()).last().isEqualTo("[null,null,'realtime:a','broadcast',{}]");
    }

    @Test
    void membersOfOneVersionShareTheFrame() {
        var old = new Guest(ProtocolVersion.V1);
        ann.enter();
        ben.enter();
        old.enter();

        topic.publish(broadcast("{}"), null);

        assertThat(ann.socket.frames.getLast()).isSameAs(ben.socket.frames.getLast());
        assertThat(old.heard())
                .last()
                .isEqualTo("{'topic':'realtime:a','event':'broadcast','payload':{},'ref':null}");
    }

    @Test
    void whoHasLeftHearsNothingMoreAndTheOthersDo() {
        var third = new Guest(ProtocolVersion.V2);
        ann.enter();
        ben.enter();
        third.enter();

        topic.leave(ann.member);
        topic.publish(broadcast("{}"), null);

        assertThat(ann.heard()).hasSize(1);
        assertThat(ben.heard()).hasSize(2);
        assertThat(third.heard()).hasSize(2);
    }

    @Test
    void isOverWhenTheLastHasLeftAndTakesNobodyIn() {
        ann.enter();
        ben.enter();

        assertThat(topic.leave(ann.member)).isFalse();
        assertThat(topic.leave(ben.member)).isTrue();
        assertThat(new Guest(ProtocolVersion.V2).enter()).isFalse();
    }
}

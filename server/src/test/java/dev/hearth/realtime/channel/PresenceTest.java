package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.realtime.wire.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Who is present, from what the channels of a topic track: each step gives the diff to send, or
/// none.
class PresenceTest {

    private final AtomicInteger refs = new AtomicInteger();
    private final Presence presence = new Presence(() -> "r" + refs.incrementAndGet());
    private final Object tab = new Object();
    private final Object secondTab = new Object();

    private Optional<String> track(Object owner, String key, String payload) {
        return presence.track(owner, key, json(payload)).map(diff -> diff.replace('"', '\''));
    }

    private Optional<String> untrack(Object owner) {
        return presence.untrack(owner).map(diff -> diff.replace('"', '\''));
    }

    private String state() {
        return presence.state().replace('"', '\'');
    }

    private static ObjectNode json(String text) {
        return (ObjectNode)
                Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(state()).isEqualTo("{}");
    }

    @Test
    void joinsUnderItsKeyWithAReference() {
        assertThat(track(tab, "ann", "{'at':1}"))
                .hasValue("{'joins':{'ann':{'metas':[{'at':1,'phx_ref':'r1'}]}},'leaves':{}}");
        assertThat(state()).isEqualTo("{'ann':{'metas':[{'at':1,'phx_ref':'r1'}]}}");
    }

    @Test
    void aSecondTabJoinsBesideTheFirst() {
        track(tab, "ann", "{'at':1}");

        assertThat(track(secondTab, "ann", "{'at':2}"))
                .hasValue("{'joins':{'ann':{'metas':[{'at':2,'phx_ref':'r2'}]}},'leaves':{}}");
        assertThat(state())
                .isEqualTo("{'ann':{'metas':[{'at':1,'phx_ref':'r1'},{'at':2,'phx_ref':'r2'}]}}");
    }

    @Test
    void theEndOfOneTabKeepsTheUserPresent() {
        track(tab, "ann", "{'at':1}");
        track(secondTab, "ann", "{'at':2}");

        assertThat(untrack(tab))
                .hasValue("{'joins':{},'leaves':{'ann':{'metas':[{'at':1,'phx_ref':'r1'}]}}}");
        assertThat(state()).isEqualTo("{'ann':{'metas':[{'at':2,'phx_ref':'r2'}]}}");
    }

    @Test
    void theEndOfTheLastTabLetsTheUserGo() {
        track(tab, "ann", "{'at':1}");
        track(secondTab, "ann", "{'at':2}");
        untrack(secondTab);

        assertThat(untrack(tab)).isPresent();
        assertThat(state()).isEqualTo("{}");
    }

    @Test
    void anUpdateIsOneDiffThatNamesTheReferenceBefore() {
        track(tab, "ann", "{'at':1}");

        assertThat(track(tab, "ann", "{'at':2}"))
                .hasValue(
                        "{'joins':{'ann':{'metas':[{'at':2,'phx_ref':'r2','phx_ref_prev':'r1'}]}},"
                                + "'leaves':{'ann':{'metas':[{'at':1,'phx_ref':'r1'}]}}}");
    }

    @Test
    void anUpdateTouchesNoOtherTab() {
        track(tab, "ann", "{'at':1}");
        track(secondTab, "ann", "{'at':2}");

        track(tab, "ann", "{'at':3}");

        assertThat(state())
                .isEqualTo(
                        "{'ann':{'metas':[{'at':3,'phx_ref':'r3','phx_ref_prev':'r1'},"
                                + "{'at':2,'phx_ref':'r2'}]}}");
    }

    @Test
    void eachUpdateNamesTheOneJustBefore() {
        track(tab, "ann", "{'at':1}");
        track(tab, "ann", "{'at':2}");
        track(tab, "ann", "{'at':3}");

        assertThat(state())
                .isEqualTo("{'ann':{'metas':[{'at':3,'phx_ref':'r3','phx_ref_prev':'r2'}]}}");
    }

    @Test
    void theSameAgainIsNoDiff() {
        track(tab, "ann", "{'at':1,'x':2}");

        assertThat(track(tab, "ann", "{'x':2,'at':1}")).isEmpty();
        assertThat(state()).contains("r1");
    }

    @Test
    void theSameOfAnotherTabIsADiff() {
        track(tab, "ann", "{'at':1}");

        assertThat(track(secondTab, "ann", "{'at':1}")).isPresent();
    }

    @Test
    void comingBackIsAJoinWithoutAReferenceBefore() {
        track(tab, "ann", "{'at':1}");
        untrack(tab);

        assertThat(track(tab, "ann", "{'at':1}"))
                .hasValue("{'joins':{'ann':{'metas':[{'at':1,'phx_ref':'r2'}]}},'leaves':{}}");
    }

    @Test
    void whoTracksNothingLeavesWithoutADiff() {
        assertThat(untrack(tab)).isEmpty();
    }

    @Test
    void referencesOfAUserGiveWayToTheServers() {
        track(tab, "ann", "{'phx_ref':'forged','at':1}");

        assertThat(state()).isEqualTo("{'ann':{'metas':[{'phx_ref':'r1','at':1}]}}");
    }

    @Test
    void keysKeepTheOrderInWhichTheyCame() {
        track(tab, "b", "{}");
        track(secondTab, "a", "{}");

        assertThat(state())
                .isEqualTo("{'b':{'metas':[{'phx_ref':'r1'}]},'a':{'metas':[{'phx_ref':'r2'}]}}");
    }

    @Test
    void aKeyMayHoldAnything() {
        track(tab, "a\"\\\n", "{}");

        assertThat(json(presence.state()).fieldNames().next()).isEqualTo("a\"\\\n");
    }
}

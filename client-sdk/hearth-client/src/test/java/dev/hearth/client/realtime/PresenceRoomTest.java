package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Who is there, as `presence.js` has it.
class PresenceRoomTest {

    private static final String A1 = "{\"a\":{\"metas\":[{\"phx_ref\":\"1\",\"n\":1}]}}";
    private static final String A2 =
            "{\"a\":{\"metas\":[{\"phx_ref\":\"2\",\"phx_ref_prev\":\"1\",\"n\":2}]}}";

    private static PresenceRoom.Change state(PresenceRoom room, String json, String join) {
        return room.state(Json.parse(json), join);
    }

    private static PresenceRoom.Change diff(PresenceRoom room, String joins, String leaves) {
        return room.diff(Json.parse("{\"joins\":" + joins + ",\"leaves\":" + leaves + "}"), "j");
    }

    @Test
    void aDiffBeforeTheStateWaitsForIt() {
        PresenceRoom.Change early = diff(PresenceRoom.EMPTY, A1, "{}");
        assertThat(early.events()).isEmpty();
        PresenceRoom.Change synced = state(early.room(), "{}", "j");
        assertThat(synced.room().here()).containsOnlyKeys("a");
        assertThat(synced.events())
                .extracting(PresenceRoom.Event::event)
                .containsExactly(PresenceEvent.JOIN, PresenceEvent.SYNC);
    }

    @Test
    void anotherTellingIsAJoinAndALeaveUnderOneKey() {
        PresenceRoom in = state(PresenceRoom.EMPTY, A1, "j").room();
        PresenceRoom.Change changed = diff(in, A2, A1);
        assertThat(changed.room().here().get("a"))
                .extracting(PresenceRoom.Meta::ref)
                .containsExactly("2");
        assertThat(changed.room().here().getOrDefault("a", List.of()).get(0).value())
                .isEqualTo(Json.parse("{\"n\":2}"));
        assertThat(changed.events())
                .extracting(PresenceRoom.Event::event)
                .containsExactly(PresenceEvent.JOIN, PresenceEvent.LEAVE, PresenceEvent.SYNC);
    }

    @Test
    void theStateOfANewJoinTellsWhoWentMeanwhile() {
        PresenceRoom in = state(PresenceRoom.EMPTY, A1, "j").room();
        PresenceRoom.Change again = state(in, "{}", "k");
        assertThat(again.room().here()).isEmpty();
        assertThat(again.events())
                .extracting(PresenceRoom.Event::event)
                .containsExactly(PresenceEvent.LEAVE, PresenceEvent.SYNC);
    }

    @Test
    void whatWaitedForTheStateOfAnEarlierJoinIsForgotten() {
        PresenceRoom early = diff(PresenceRoom.EMPTY, A1, "{}").room();
        assertThat(state(early.joined(), "{}", "k").room().here()).isEmpty();
    }

    @Test
    void diffsWithoutAStateAreBounded() {
        PresenceRoom room = PresenceRoom.EMPTY;
        for (int i = 0; i <= PresenceRoom.MOST_EARLY; i++) {
            room = diff(room, A1, "{}").room();
        }
        assertThat(room.early()).hasSize(PresenceRoom.MOST_EARLY);
    }

    @Test
    void whoStayedIsNotToldAgain() {
        PresenceRoom in = state(PresenceRoom.EMPTY, A1, "j").room();
        assertThat(state(in, A1, "k").events())
                .extracting(PresenceRoom.Event::event)
                .containsExactly(PresenceEvent.SYNC);
    }

    @Test
    void toleratesWhatIsNoPresence() {
        assertThat(state(PresenceRoom.EMPTY, "[1,null]", "j").room().here()).isEmpty();
        assertThat(state(PresenceRoom.EMPTY, "{\"a\":5}", "j").room().here()).isEmpty();
    }
}

package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.wire.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class BindingsTest {

    private static final ObjectNode A = entry("{'event':'*','schema':'public','table':'a'}");
    private static final ObjectNode B = entry("{'event':'*','schema':'public','table':'b'}");

    @Test
    void givesDifferentEntriesDifferentIdsEvenWhenTheirHashesCollide() {
        assertThat(ids(Bindings.of(List.of(A, B), text -> 7))).containsExactly(7, 8);
    }

    @Test
    void neverGivesZero() {
        assertThat(ids(Bindings.of(List.of(A), text -> 0))).containsExactly(1);
    }

    @Test
    void staysPositiveBehindTheLargestId() {
        assertThat(ids(Bindings.of(List.of(A, B), text -> Integer.MAX_VALUE)))
                .containsExactly(Integer.MAX_VALUE, 1);
    }

    @Test
    void givesAnEntryTheSameIdInEveryChannel() {
        assertThat(ids(Bindings.of(List.of(A, B))).getLast())
                .isEqualTo(ids(Bindings.of(List.of(B))).getFirst());
    }

    @Test
    void takesANullAsAbsentAndEchoesIt() {
        Bindings bindings = Bindings.of(List.of(entry("{'event':'*','table':'a','filter':null}")));

        assertThat(bindings.bindings().getFirst().filter()).isEmpty();
        assertThat(bindings.echo()).contains("\"filter\":null,\"id\":");
    }

    private static List<Integer> ids(Bindings bindings) {
        return bindings.bindings().stream().map(Binding::id).toList();
    }

    private static ObjectNode entry(String json) {
        return (ObjectNode)
                Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}

package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Conditions as `RealtimePostgresFilterBuilder` writes them.
class RowFilterTest {

    @Test
    void quotesWhatTheGrammarWouldMisread() {
        assertThat(RowFilter.eq("a", "x").text()).isEqualTo("a=eq.x");
        assertThat(RowFilter.eq("a", "x,y").text()).isEqualTo("a=eq.\"x,y\"");
        assertThat(RowFilter.neq("a", " x").text()).isEqualTo("a=neq.\" x\"");
        assertThat(RowFilter.gt("a", "q\"\\").text()).isEqualTo("a=gt.\"q\\\"\\\\\"");
        assertThat(RowFilter.in("a", List.of(1, "b,c", 1)).text()).isEqualTo("a=in.(1,\"b,c\")");
        assertThat(RowFilter.is("a", null).text()).isEqualTo("a=is.null");
        assertThat(RowFilter.isDistinct("a", null).text()).isEqualTo("a=isdistinct.null");
        assertThat(RowFilter.not(RowFilter.in("a", List.of(1))).text()).isEqualTo("a=not.in.(1)");
    }

    @Test
    void joinsConditionsWithCommas() {
        assertThat(
                        ChangeFilter.ANY
                                .table("t")
                                .filter(RowFilter.gte("a", 1), RowFilter.lt("b", 2))
                                .binding(PostgresEvent.ALL))
                .isEqualTo("{\"event\":\"*\",\"table\":\"t\",\"filter\":\"a=gte.1,b=lt.2\"}");
    }

    @Test
    void refusesAListOfNothing() {
        assertThatThrownBy(() -> RowFilter.in("a", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// A change, and what the types of its columns make of its values.
class ChangePayloadTest {

    record Row(long id, @Nullable String name) {}

    private static String change(String type, String value) {
        return "{\"data\":{\"columns\":[{\"name\":\"v\",\"type\":\""
                + type
                + "\"}],\"record\":{\"v\":"
                + value
                + "},\"type\":\"INSERT\",\"commit_timestamp\":null,\"errors\":null},\"ids\":[ 1 ,"
                + " 22 ]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    int8      | 9007199254740993        | 9007199254740993
                    int8      | "9007199254740993"      | 9007199254740993
                    numeric   | "1.50"                  | 1.50
                    numeric   | "NaN"                   | "NaN"
                    float8    | 1.5                     | 1.5
                    bool      | "t"                     | true
                    bool      | "f"                     | false
                    bool      | true                    | true
                    text      | "t"                     | "t"
                    jsonb     | "5"                     | "5"
                    jsonb     | {"a":[1]}               | {"a":[1]}
                    timestamp | "2026-01-02 03:04:05"   | "2026-01-02T03:04:05"
                    bytea     | "0102ff"                | "\\\\x0102ff"
                    bytea     | "\\\\x01"               | "\\\\x01"
                    _int4     | "{1,2}"                 | [1,2]
                    _int4     | [1,2]                   | [1,2]
                    _text     | "{a,b}"                 | ["a","b"]
                    _bool     | "{t,f}"                 | [true,false]
                    uuid      | "6c1f8a52-0000-4000-8000-000000000000" | "6c1f8a52-0000-4000-8000-000000000000"
                    """)
    void typesAValueByItsColumn(String type, String sent, String expected) {
        ChangePayload change = ChangePayload.of(change(type, sent), Columns.NONE);
        assertThat(change.tree(change.record()).path("v").toString())
                .isEqualTo(Json.parse(expected).toString());
        assertThat(change.ids()).containsExactly(1L, 22L);
    }

    @Test
    void theColumnsOfTheChangeBeforeAreUsedAgain() {
        ChangePayload first = ChangePayload.of(change("int8", "1"), Columns.NONE);
        ChangePayload second = ChangePayload.of(change("int8", "2"), first.columns());
        assertThat(second.columns()).isSameAs(first.columns());
        ChangePayload other = ChangePayload.of(change("text", "\"x\""), second.columns());
        assertThat(other.columns().list().get(0).type()).isEqualTo("text");
    }

    @Test
    void aDeleteHasItsKeyOnly() {
        ChangePayload change =
                ChangePayload.of(
                        "{\"ids\":[1],\"data\":{\"type\":\"DELETE\",\"schema\":\"public\",\"table\":\"t\","
                            + "\"commit_timestamp\":\"2026-01-02T03:04:05.678Z\",\"columns\":[],"
                            + "\"old_record\":{\"id\":5},\"errors\":null}}",
                        Columns.NONE);
        var typed = new PostgresChange<>(change, new Json(null).<Row>decoder(Row.class));
        assertThat(typed.newRecordOrNull()).isNull();
        assertThat(typed.oldRecord()).isEqualTo(new Row(5, null));
        assertThat(typed.toString()).isEqualTo("DELETE on public.t");
    }

    @Test
    void aChangeThatMayNotBeSeenHasErrorsAndNoRow() {
        ChangePayload change =
                ChangePayload.of(
                        "{\"ids\":[1],\"data\":{\"type\":\"INSERT\",\"columns\":[],\"record\":{},"
                                + "\"errors\":[\"Error 401: Unauthorized\"]}}",
                        Columns.NONE);
        var typed = new PostgresChange<>(change, new Json(null).<Map<?, ?>>decoder(Map.class));
        assertThat(typed.newRecordOrNull()).isNull();
        assertThat(typed.errors()).containsExactly("Error 401: Unauthorized");
        assertThat(typed.commitTimestamp()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "{}",
                "{\"ids\":[1],\"data\":{}}",
                "{\"ids\":[\"x\"],\"data\":{\"type\":\"INSERT\"}}",
                "{\"ids\":[1],\"data\":{\"type\":\"TRUNCATE\"}}"
            })
    void refusesWhatIsNoChange(String payload) {
        assertThatThrownBy(() -> ChangePayload.of(payload, Columns.NONE))
                .isInstanceOf(MalformedException.class);
    }
}

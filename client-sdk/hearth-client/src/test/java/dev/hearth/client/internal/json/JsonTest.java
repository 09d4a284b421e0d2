package dev.hearth.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.json.Patch;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows to records and back.
class JsonTest {

    private static final Json JSON = new Json(null);

    record Message(
            long id,
            @Nullable String roomName,
            boolean isPrivate,
            Optional<String> replyTo,
            @JsonProperty("sentBy") @Nullable String sender) {}

    record Row(int id, Message message) {}

    record Change(
            @Nullable String fullName,
            @SuppressWarnings("NullableOptional") // What a patch tells apart.
                    @Nullable Optional<String> nickname,
            @Nullable Integer age) {}

    @Test
    void readsSnakeCaseIntoRecords() {
        assertThat(
                        message(
                                "{\"id\":7,\"room_name\":\"hall\",\"is_private\":true,"
                                        + "\"reply_to\":\"x\",\"sentBy\":\"me\"}"))
                .isEqualTo(new Message(7, "hall", true, Optional.of("x"), "me"));
    }

    @Test
    void writesRecordsInSnakeCase() {
        assertThat(JSON.write(new Message(7, "hall", true, Optional.empty(), null)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        "{\"id\":7,\"room_name\":\"hall\",\"is_private\":true,\"reply_to\":null,"
                                + "\"sentBy\":null}");
    }

    @Test
    void leavesUnknownFieldsAlone() {
        assertThat(message("{\"id\":7,\"brand_new\":{\"a\":[1]}}").id()).isEqualTo(7);
    }

    @Test
    void readsMissingFieldsAsAbsent() {
        assertThat(message("{\"id\":7}"))
                .isEqualTo(new Message(7, null, false, Optional.empty(), null));
    }

    @Test
    void readsNullAsAnEmptyOptional() {
        assertThat(message("{\"reply_to\":null}").replyTo()).isEmpty();
    }

    @Test
    void namesThePathOfWhatDoesNotFit() {
        byte[] json = utf8("[{\"id\":1},{\"id\":2,\"message\":{\"id\":\"secret\"}}]");

        JsonMappingException misfit =
                catchThrowableOfType(
                        JsonMappingException.class, () -> JSON.readList(json, Row.class, null));

        assertThat(misfit.path()).isEqualTo("[1].message.id");
        assertThat(misfit)
                .hasMessage(
                        "cannot read the answer as rows of "
                                + Row.class.getTypeName()
                                + " at [1].message.id: a text is no long")
                .hasNoCause();
    }

    @Test
    void tellsThatAnAnswerIsNoJson() {
        assertThatThrownBy(() -> JSON.read(utf8("<html>secret"), Map.class, null))
                .isInstanceOf(JsonMappingException.class)
                .hasMessage(
                        "cannot read the answer as java.util.Map: it is no JSON (line 1, column 1);"
                                + " is this the address of the project?");
    }

    @Test
    void givesPlainValuesWhateverMapperTheProgramBrought() {
        Object plain = Json.plain(utf8("{\"n\":1,\"d\":1.50,\"t\":\"x\",\"b\":true,\"l\":[null]}"));

        var expected = new LinkedHashMap<String, Object>();
        expected.put("n", 1L);
        expected.put("d", new BigDecimal("1.50"));
        expected.put("t", "x");
        expected.put("b", true);
        expected.put("l", java.util.Collections.singletonList(null));
        assertThat(plain).isEqualTo(expected);
    }

    @Test
    void readsRowsAsMapsInTheOrderSent() {
        List<Map<String, Object>> rows =
                JSON.readList(utf8("[{\"b\":1,\"a\":2}]"), Map.class, null);

        assertThat(rows.get(0).keySet()).containsExactly("b", "a");
    }

    @Test
    void usesTheProgramsMapperAsItIs() {
        ObjectMapper programs =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                        .build();

        assertThat(new Json(programs).write(Map.of("at", new byte[] {1})))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"at\":\"AQ==\"}");
    }

    @Test
    void patchesColumnsInTheOrderSaid() {
        Patch patch = Patch.of("status", "closed").setNull("note").set("status", "open");

        assertThat(written(JSON, patch)).isEqualTo("{\"status\":\"open\",\"note\":null}");
    }

    @Test
    void patchesWhatARecordSaysAndLeavesTheRest() {
        Patch patch = Patch.of(new Change("Zoë", Optional.empty(), null));

        assertThat(written(JSON, patch)).isEqualTo("{\"full_name\":\"Zoë\",\"nickname\":null}");
    }

    @Test
    void patchesNullOutOfAMap() {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("a", null);

        assertThat(written(JSON, Patch.of(columns))).isEqualTo("{\"a\":null}");
    }

    record Move(@Nullable String title, @Nullable Place place) {}

    record Place(String city, @Nullable Integer no) {}

    @Test
    void patchesAColumnOfJsonWhole() {
        assertThat(written(JSON, Patch.of(new Move(null, new Place("Ulm", null)))))
                .isEqualTo("{\"place\":{\"city\":\"Ulm\",\"no\":null}}");
    }

    @Test
    void patchesInsideOfPatchesAndOfMaps() {
        Patch inner = Patch.of("a", null).set("b", List.of(Patch.of(new Name("Zoë"))));

        assertThat(written(JSON, Patch.of("doc", inner)))
                .isEqualTo("{\"doc\":{\"a\":null,\"b\":[{\"full_name\":\"Zoë\"}]}}");
        assertThat(written(new Json(new JsonMapper()), Map.of("change", Patch.of("a", null))))
                .isEqualTo("{\"change\":{\"a\":null}}");
    }

    @Test
    void patchesByTheProgramsMapperToo() {
        var programs = new Json(new JsonMapper());

        assertThat(written(programs, List.of(Patch.of("a", null), Patch.of(new Name("Zoë")))))
                .isEqualTo("[{\"a\":null},{\"fullName\":\"Zoë\"}]");
    }

    record Name(String fullName) {}

    @Test
    void givesATreeOfAPatch() {
        assertThat(JSON.tree(Patch.of("a", 1))).hasToString("{\"a\":1}");
    }

    @Test
    void showsNoValuesOfAPatch() {
        assertThat(Patch.of("password", "secret")).hasToString("Patch[1 parts]");
    }

    private static String written(Json json, Object value) {
        return new String(json.write(value), StandardCharsets.UTF_8);
    }

    private static Message message(String json) {
        return JSON.read(utf8(json), Message.class, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.hearth.realtime.changes.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The text of a `json` value as `jsonb` would hold it: the last of duplicate keys, keys by length
/// and then by bytes, numbers plain (`3e2` → `300`), no spaces that mean nothing. No number becomes
/// a double on the way.
final class NormalJson {

    /// Deeper values, which would cost a deep stack, are delivered as they were written.
    private static final int MOST_DEPTH = 1_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MOST_DEPTH)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final Comparator<String> KEYS =
            (a, b) -> {
                byte[] left = a.getBytes(StandardCharsets.UTF_8);
                byte[] right = b.getBytes(StandardCharsets.UTF_8);
                return left.length == right.length
                        ? Arrays.compareUnsigned(left, right)
                        : Integer.compare(left.length, right.length);
            };

    private sealed interface Node {
        record Fields(Map<String, Node> fields) implements Node {}

        record Items(List<Node> items) implements Node {}

        record Word(String text) implements Node {}

        /// A number, `true`, `false` or `null`.
        record Bare(String json) implements Node {}
    }

    private NormalJson() {}

    /// Writes the normal form; the text as it is where it is too deep.
    static void write(String json, JsonBuffer out) {
        Node node;
        try (JsonParser parser = FACTORY.createParser(json)) {
            node = read(parser, parser.nextToken());
        } catch (IOException _) {
            out.raw(json);
            return;
        }
        write(node, out);
    }

    private static Node read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Node.Word(parser.getText());
            default -> new Node.Bare(bare(token, parser));
        };
    }

    private static String bare(JsonToken token, JsonParser parser) throws IOException {
        return token.isNumeric() ? PlainNumber.of(parser.getText()) : parser.getText();
    }

    private static Node fields(JsonParser parser) throws IOException {
        var fields = new TreeMap<String, Node>(KEYS);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, read(parser, parser.nextToken()));
        }
        return new Node.Fields(fields);
    }

    private static Node items(JsonParser parser) throws IOException {
        var items = new ArrayList<Node>();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            items.add(read(parser, token));
        }
        return new Node.Items(items);
    }

    private static void write(Node node, JsonBuffer out) {
        switch (node) {
            case Node.Word(String text) -> out.string(text);
            case Node.Bare(String json) -> out.raw(json);
            case Node.Items(List<Node> items) -> {
                out.put('[');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) {
                        out.put(',');
                    }
                    write(items.get(i), out);
                }
                out.put(']');
            }
            case Node.Fields(Map<String, Node> fields) -> {
                out.put('{');
                boolean first = true;
                for (Map.Entry<String, Node> field : fields.entrySet()) {
                    if (!first) {
                        out.put(',');
                    }
                    first = false;
                    out.string(field.getKey()).put(':');
                    write(field.getValue(), out);
                }
                out.put('}');
            }
        }
    }
}

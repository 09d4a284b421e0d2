package dev.hearth.rest.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.hearth.database.Reply;
import dev.hearth.exchange.Bytes;
import dev.hearth.rest.outcome.Outcome.Found;
import dev.hearth.rest.outcome.Outcome.KeyPart;
import dev.hearth.rest.request.Preferences.Count;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the columns that every main statement has (rest.md 19).
final class Results {

    private static final String BODY = "body";

    private static final JsonMapper JSON = new JsonMapper();

    private Results() {}

    /// @param estimate the answer of the planner and what it is wanted for
    static Outcome.Rows rows(Reply reply, Optional<Reply> plan, Optional<Steps.Estimate> estimate) {
        if (reply.size() == 0) {
            return new Outcome.Rows(Found.NOTHING, List.of(), OptionalLong.empty(), Bytes.EMPTY);
        }
        return new Outcome.Rows(
                found(reply, plan, estimate),
                reply.text(0, "header").map(Results::location).orElse(List.of()),
                number(reply, "response_inserted"),
                reply.bytes(0, BODY).map(Bytes::new).orElse(Bytes.EMPTY));
    }

    static Found found(Reply reply, Optional<Reply> plan, Optional<Steps.Estimate> estimate) {
        OptionalLong counted = number(reply, "total_result_set");
        return new Found(
                estimate.isEmpty()
                        ? counted
                        : total(counted, plan.map(Results::planned), estimate.get()),
                number(reply, "page_total").orElse(0),
                reply.text(0, "response_headers"),
                reply.text(0, "response_status"));
    }

    /// Whether the body was left out because it is too large for one value, where it can be read in
    /// another way.
    static boolean isTooLarge(Reply reply) {
        return reply.size() > 0 && reply.bytes(0, BODY).isEmpty();
    }

    /// How many rows the planner counts on; so are those that were counted where they are few.
    private static OptionalLong total(
            OptionalLong counted, Optional<OptionalLong> plan, Steps.Estimate estimate) {
        OptionalLong planned = plan.orElse(OptionalLong.empty());
        if (estimate.count() == Count.PLANNED) {
            return planned;
        }
        if (counted.isEmpty()
                || (estimate.maxRows().isPresent()
                        && counted.getAsLong() <= estimate.maxRows().getAsLong())) {
            return counted;
        }
        return planned.isEmpty()
                ? planned
                : OptionalLong.of(Math.max(counted.getAsLong(), planned.getAsLong()));
    }

    private static OptionalLong planned(Reply plan) {
        try {
            JsonNode rows =
                    JSON.readTree(plan.first(0).orElse(new byte[0])).at("/0/Plan/Plan Rows");
            return rows.isIntegralNumber()
                    ? OptionalLong.of(rows.longValue())
                    : OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines of a plan, each with its end.
    static Bytes lines(Reply reply) {
        var text = new ByteArrayOutputStream();
        for (int row = 0; row < reply.size(); row++) {
            text.writeBytes(reply.first(row).orElse(new byte[0]));
            text.write('\n');
        }
        return new Bytes(text.toByteArray());
    }

    private static OptionalLong number(Reply reply, String column) {
        return reply.text(0, column)
                .filter(text -> !text.isEmpty())
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private static List<KeyPart> location(String array) {
        return elements(array).stream()
                .map(
                        part -> {
                            int equals = part.indexOf('=');
                            return new KeyPart(
                                    part.substring(0, equals), part.substring(equals + 1));
                        })
                .toList();
    }

    /// The elements of a `text[]` as the database writes it: `{a=eq.1,"b=eq.x,\"y\""}`.
    static List<String> elements(String array) {
        var elements = new ArrayList<String>();
        var element = new StringBuilder();
        boolean quoted = false;
        for (int index = 1; index < array.length() - 1; index++) {
            char each = array.charAt(index);
            if (each == '"') {
                quoted = !quoted;
            } else if (each == '\\') {
                element.append(array.charAt(++index));
            } else if (each == ',' && !quoted) {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(each);
            }
        }
        if (array.length() > 2) {
            elements.add(element.toString());
        }
        return elements;
    }
}

package dev.hearth.rest.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.outcome.Outcome.Found;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What SQL says of the answer by the settings `response.status` and `response.headers` (rest.md
/// 13).
///
/// @param status instead of ours
/// @param fields instead of those of ours that have the same names
record Overrides(Optional<Integer> status, List<Field> fields) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 999;

    /// Copies the list.
    Overrides {
        fields = List.copyOf(fields);
    }

    /// @throws Refusal with an [AnswerProblem] when one of them cannot be read
    static Overrides of(Found found) {
        return new Overrides(
                found.responseStatus().map(Overrides::readStatus),
                found.responseHeaders().map(Overrides::readFields).orElse(List.of()));
    }

    Answer over(Answer answer) {
        if (status.isEmpty() && fields.isEmpty()) {
            return answer;
        }
        Set<String> names =
                fields.stream().map(field -> lower(field.name())).collect(Collectors.toSet());
        return new Answer(
                status.orElse(answer.status()),
                Stream.concat(
                                answer.fields().stream()
                                        .filter(field -> !names.contains(lower(field.name()))),
                                fields.stream())
                        .toList(),
                answer.body());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int readStatus(String text) {
        try {
            int status = Integer.parseInt(text);
            if (status >= LOWEST_STATUS && status <= HIGHEST_STATUS) {
                return status;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new Refusal(new AnswerProblem.UnreadableStatus());
    }

    private static List<Field> readFields(String text) {
        var fields = new ArrayList<Field>();
        JsonNode array = json(text);
        if (!array.isArray()) {
            throw new Refusal(new AnswerProblem.UnreadableHeaders());
        }
        for (JsonNode object : array) {
            if (!object.isObject() || object.size() != 1) {
                throw new Refusal(new AnswerProblem.UnreadableHeaders());
            }
            Map.Entry<String, JsonNode> field = object.properties().iterator().next();
            fields.add(field(field.getKey(), field.getValue()));
        }
        return fields;
    }

    /// A line break would end the field and begin another.
    private static Field field(String name, JsonNode value) {
        boolean usable =
                value.isTextual()
                        && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                        && value.textValue().chars().noneMatch(each -> each < ' ' && each != '\t');
        if (!usable) {
            throw new Refusal(new AnswerProblem.UnreadableHeaders());
        }
        return new Field(name, value.textValue());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            throw new Refusal(new AnswerProblem.UnreadableHeaders());
        }
    }
}

package dev.hearth.rest.request;

import dev.hearth.exchange.PercentEncoding;
import dev.hearth.problem.Refusal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query string taken apart: names and values in the order sent, percent-decoded, `+` as a blank.
///
/// @param pairs what was sent; a value is absent where there was no `=`
public record QueryString(List<Pair> pairs) {

    /// One parameter.
    public record Pair(String name, Optional<String> value) {}

    /// Copies the list.
    public QueryString {
        pairs = List.copyOf(pairs);
    }

    /// Takes a raw query string apart.
    ///
    /// @throws Refusal with [RequestProblem.Undecodable] when the decoded bytes are no UTF-8
    public static QueryString of(String raw) {
        var pairs = new ArrayList<Pair>();
        for (String part : raw.split("[&;]", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                pairs.add(
                        equals < 0
                                ? new Pair(decode(part), Optional.empty())
                                : new Pair(
                                        decode(part.substring(0, equals)),
                                        Optional.of(decode(part.substring(equals + 1)))));
            }
        }
        return new QueryString(pairs);
    }

    /// The same without the parameters of a name.
    QueryString without(String name) {
        return new QueryString(pairs.stream().filter(pair -> !pair.name().equals(name)).toList());
    }

    /// The value of the first parameter of that name, unless it has none.
    Optional<String> first(String name) {
        return pairs.stream()
                .filter(pair -> pair.name().equals(name))
                .findFirst()
                .flatMap(Pair::value);
    }

    /// All parameters by name, encoded again: what `Content-Location` shows.
    public String canonical() {
        return new QueryString(pairs.stream().sorted(Comparator.comparing(Pair::name)).toList())
                .encoded();
    }

    /// All parameters in order, percent-encoded.
    public String encoded() {
        return pairs.stream()
                .map(
                        pair ->
                                PercentEncoding.encode(pair.name())
                                        + "="
                                        + PercentEncoding.encode(pair.value().orElse("")))
                .collect(Collectors.joining("&"));
    }

    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = PercentEncoding.decode(text.replace('+', ' '));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new Refusal(new RequestProblem.Undecodable());
        }
    }
}

package dev.hearth.rest.request;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.ParseError.Kind;
import dev.hearth.rest.request.Parsed.Failed;
import dev.hearth.rest.request.Parsed.Matched;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// One rule of a grammar. Rules are values, are joined to larger ones, and report errors as Parsec
/// does ([ParseError]). Stateless: any thread may use one.
///
/// @param <T> what the rule makes
@FunctionalInterface
interface Parser<T> {

    /// Applies the rule to the text from an offset on.
    Parsed<T> parse(String text, int at);

    /// Applies the rule to a whole value. What stands behind the match is not looked at: a rule
    /// that minds ends with [Characters#END].
    ///
    /// @param what the kind of value, for the refusal
    /// @throws Refusal with [RequestProblem.Unparsable]
    default T read(String what, String text) {
        return read(what, text, text);
    }

    /// The same where what is parsed differs from what is told.
    default T read(String what, String told, String text) {
        return switch (parse(text, 0)) {
            case Matched<T>(var value, _, _, _) -> value;
            case Failed<T>(_, var error) ->
                    throw new Refusal(
                            new RequestProblem.Unparsable(
                                    what,
                                    told,
                                    ParseError.place(text, error.at()),
                                    error.describe()));
        };
    }

    /// Matches nothing and makes a value.
    static <T> Parser<T> of(T value) {
        return (_, at) -> new Matched<>(value, at, false, ParseError.unknown(at));
    }

    /// Never matches, and says nothing of it.
    static <T> Parser<T> none() {
        return (_, at) -> new Failed<>(false, ParseError.unknown(at));
    }

    /// A rule that is looked up when it is applied, for rules that contain themselves.
    static <T> Parser<T> lazy(Supplier<Parser<T>> rule) {
        return (text, at) -> rule.get().parse(text, at);
    }

    /// The first of several rules that matches.
    @SafeVarargs
    static <T> Parser<T> firstOf(Parser<T> first, Parser<T>... others) {
        Parser<T> all = first;
        for (Parser<T> other : others) {
            all = all.or(other);
        }
        return all;
    }

    /// One rule behind the other, which is chosen by what the first made.
    default <R> Parser<R> then(Function<? super T, Parser<R>> next) {
        return (text, at) ->
                switch (parse(text, at)) {
                    case Failed<T>(var consumed, var error) -> new Failed<>(consumed, error);
                    case Matched<T>(var value, var behind, var consumed, var error) ->
                            switch (next.apply(value).parse(text, behind)) {
                                case Failed<R> failed ->
                                        new Failed<>(
                                                consumed || failed.consumed(),
                                                failed.consumed()
                                                        ? failed.error()
                                                        : error.or(failed.error()));
                                case Matched<R> matched ->
                                        new Matched<>(
                                                matched.value(),
                                                matched.next(),
                                                consumed || matched.consumed(),
                                                matched.consumed()
                                                        ? matched.error()
                                                        : error.or(matched.error()));
                            };
                };
    }

    /// One rule behind the other.
    default <S, R> Parser<R> with(
            Parser<S> next, BiFunction<? super T, ? super S, ? extends R> join) {
        return then(first -> next.map(second -> join.apply(first, second)));
    }

    /// One rule behind the other, of which only the second's value counts.
    default <R> Parser<R> before(Parser<R> next) {
        return then(_ -> next);
    }

    /// One rule behind the other, of which only the first's value counts.
    default Parser<T> endedBy(Parser<?> end) {
        return then(value -> end.map(_ -> value));
    }

    /// Makes something else of what was matched.
    default <R> Parser<R> map(Function<? super T, ? extends R> change) {
        return (text, at) ->
                switch (parse(text, at)) {
                    case Failed<T>(var consumed, var error) -> new Failed<>(consumed, error);
                    case Matched<T>(var value, var next, var consumed, var error) ->
                            new Matched<>(change.apply(value), next, consumed, error);
                };
    }

    /// Always makes the same value.
    default <R> Parser<R> as(R value) {
        return map(_ -> value);
    }

    /// Another rule where this one fails without having consumed anything.
    default Parser<T> or(Parser<T> other) {
        return (text, at) -> {
            Parsed<T> first = parse(text, at);
            if (first instanceof Matched || first.consumed()) {
                return first;
            }
            return switch (other.parse(text, at)) {
                case Matched<T> matched when matched.consumed() -> matched;
                case Failed<T> failed when failed.consumed() -> failed;
                case Matched<T>(var value, var next, _, var error) ->
                        new Matched<>(value, next, false, first.error().or(error));
                case Failed<T>(_, var error) -> new Failed<>(false, first.error().or(error));
            };
        };
    }

    /// Gives back what it consumed when it fails.
    default Parser<T> attempt() {
        return (text, at) -> {
            Parsed<T> parsed = parse(text, at);
            return parsed instanceof Failed ? new Failed<>(false, parsed.error()) : parsed;
        };
    }

    /// The name under which it is expected.
    default Parser<T> named(String label) {
        return (text, at) ->
                switch (parse(text, at)) {
                    case Matched<T>(var value, var next, var consumed, var error)
                            when !consumed && !error.isUnknown() ->
                            new Matched<>(value, next, false, error.expecting(label));
                    case Failed<T>(var consumed, var error) when !consumed ->
                            new Failed<>(false, error.expecting(label));
                    case Parsed<T> parsed -> parsed;
                };
    }

    /// Matches and consumes nothing.
    default Parser<T> ahead() {
        return (text, at) ->
                switch (parse(text, at)) {
                    case Failed<T> failed -> failed;
                    case Matched<T>(var value, _, _, _) ->
                            new Matched<>(value, at, false, ParseError.unknown(at));
                };
    }

    /// Matches where this rule does not; consumes nothing.
    ///
    /// @param shown how the unwanted match is told
    default Parser<Boolean> absent(Function<? super T, String> shown) {
        return (text, at) ->
                switch (parse(text, at)) {
                    case Failed<T>(_, var error) -> new Matched<>(true, at, false, error);
                    case Matched<T>(var value, var next, _, _) ->
                            new Failed<>(
                                    false,
                                    ParseError.of(next, Kind.UNEXPECTED, shown.apply(value)));
                };
    }

    /// The rule, or nothing.
    default Parser<Optional<T>> optional() {
        return this.<Optional<T>>map(Optional::of).or(of(Optional.empty()));
    }

    /// The rule as often as it matches, which may be never. It must consume something.
    default Parser<List<T>> many() {
        return (text, at) -> {
            var values = new ArrayList<T>();
            int next = at;
            while (true) {
                switch (parse(text, next)) {
                    case Matched<T> matched -> {
                        values.add(matched.value());
                        next = matched.next();
                    }
                    case Failed<T>(var consumed, var error) -> {
                        return consumed
                                ? new Failed<>(true, error)
                                : new Matched<>(List.copyOf(values), next, next > at, error);
                    }
                }
            }
        };
    }

    /// The rule once or more.
    default Parser<List<T>> several() {
        return with(
                many(),
                (first, more) -> {
                    var all = new ArrayList<T>(more.size() + 1);
                    all.add(first);
                    all.addAll(more);
                    return List.copyOf(all);
                });
    }

    /// The rule once or more, with another one between.
    default Parser<List<T>> separatedBy(Parser<?> separator) {
        return with(
                separator.before(this).many(),
                (first, more) -> {
                    var all = new ArrayList<T>(more.size() + 1);
                    all.add(first);
                    all.addAll(more);
                    return List.copyOf(all);
                });
    }

    /// The rule between two others.
    default Parser<T> between(Parser<?> open, Parser<?> close) {
        return open.before(this).endedBy(close);
    }
}

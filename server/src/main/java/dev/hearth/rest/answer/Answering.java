package dev.hearth.rest.answer;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Body;
import dev.hearth.exchange.Bytes;
import dev.hearth.rest.outcome.Outcome;
import dev.hearth.rest.outcome.Outcome.Found;
import dev.hearth.rest.outcome.Outcome.KeyPart;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.Preferences;
import dev.hearth.rest.request.Preferences.Representation;
import dev.hearth.rest.request.Preferences.Resolution;
import dev.hearth.rest.request.Preferences.Written;
import dev.hearth.rest.request.QueryString;
import dev.hearth.rest.request.QueryString.Pair;
import dev.hearth.rest.request.RestRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes the answer of a request that was carried out (rest.md 6, 7, 10, 11).
///
/// @param request what was asked
/// @param plan what was done
/// @param query the raw query string, for the address of the content
/// @param zoneKnown whether the database knows the time zone that is preferred
/// @param endChosen whether the request could choose how the transaction ended
public record Answering(
        RestRequest request,
        Plan.Statement plan,
        String query,
        boolean zoneKnown,
        boolean endChosen) {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    /// The header field that tells how many rows an answer may have, on one that had to be cut.
    static final String CUT = "X-Hearth-Max-Rows";

    /// @throws dev.hearth.problem.Refusal with an [AnswerProblem] when SQL said something
    ///   unreadable of the answer
    public Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Explained(Bytes text) -> new Answer(OK, contentType(), text);
            case Outcome.Streamed(Found found, Body body) -> streamed(found, body);
            case Outcome.Rows rows -> Overrides.of(rows.found()).over(rows(rows));
        };
    }

    /// A body that nobody is going to write would keep its connection.
    private Answer streamed(Found found, Body body) {
        Answer answer;
        try {
            answer = Overrides.of(found).over(rows(found, body));
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
        if (!answer.body().equals(body)) {
            body.close();
        }
        return answer;
    }

    private Answer rows(Outcome.Rows rows) {
        return switch (plan) {
            case Plan.Read _, Plan.Call _ -> rows(rows.found(), rows.body());
            case Plan.Write write ->
                    switch (write.mutation()) {
                        case Mutation.Insert insert -> inserted(insert, rows);
                        case Mutation.Upsert _ -> upserted(rows);
                        case Mutation.Update _ -> changed(rows, updatedRange(rows.found()));
                        case Mutation.Delete _ ->
                                changed(rows, ContentRange.counted(affected(rows.found())));
                    };
        };
    }

    private Answer rows(Found found, Body body) {
        var range = new ContentRange(request.window().offset(), found.page(), found.total());
        var fields = new ArrayList<Field>();
        fields.add(new Field("Content-Range", range.text()));
        if (plan instanceof Plan.Read read) {
            fields.add(new Field("Content-Location", location(read)));
            cut(read, found).ifPresent(fields::add);
        }
        preferences(fields);
        if (plan instanceof Plan.Call call && call.routine().returns().nothing()) {
            return new Answer(NO_CONTENT, fields, Bytes.EMPTY);
        }
        fields.addAll(contentType());
        return new Answer(range.status(), fields, shown(range, body));
    }

    private static Body shown(ContentRange range, Body body) {
        return range.isBeyond()
                ? Refused.body(
                        new AnswerProblem.BeyondTheRows(range.first(), range.total().orElseThrow()))
                : body;
    }

    private String location(Plan.Read read) {
        String canonical = QueryString.of(query).canonical();
        return "/" + read.relation().name() + (canonical.isEmpty() ? "" : "?" + canonical);
    }

    /// Whether more rows were asked for than an answer may have, and as many came.
    private Optional<Field> cut(Plan.Read read, Found found) {
        if (read.maxRows().isEmpty()) {
            return Optional.empty();
        }
        long most = read.maxRows().getAsLong();
        boolean wantedMore = request.window().limit().orElse(Long.MAX_VALUE) > most;
        long left = found.total().orElse(Long.MAX_VALUE) - request.window().offset();
        return wantedMore && found.page() >= most && left > most
                ? Optional.of(new Field(CUT, Long.toString(most)))
                : Optional.empty();
    }

    private Answer inserted(Mutation.Insert insert, Outcome.Rows rows) {
        var fields = new ArrayList<Field>();
        if (!rows.location().isEmpty()) {
            fields.add(new Field("Location", location(insert, rows.location())));
        }
        fields.add(new Field("Content-Range", ContentRange.counted(affected(rows.found())).text()));
        preferences(fields);
        boolean nothingNew =
                request.preferences().resolution().equals(Optional.of(Resolution.MERGE_DUPLICATES))
                        && rows.inserted().orElse(0) <= 0;
        int status = nothingNew ? OK : CREATED;
        if (!isShown()) {
            return new Answer(status, fields, Bytes.EMPTY);
        }
        fields.addAll(contentType());
        return new Answer(status, fields, rows.body());
    }

    private static String location(Mutation.Insert insert, List<KeyPart> key) {
        return "/"
                + insert.relation().name()
                + "?"
                + new QueryString(key.stream().map(Answering::parameter).toList()).encoded();
    }

    private static Pair parameter(KeyPart part) {
        return new Pair(part.column(), Optional.of(part.filter()));
    }

    private Answer upserted(Outcome.Rows rows) {
        var fields = new ArrayList<Field>();
        preferences(fields);
        if (!isShown()) {
            return new Answer(NO_CONTENT, fields, Bytes.EMPTY);
        }
        fields.addAll(contentType());
        return new Answer(rows.inserted().orElse(0) > 0 ? CREATED : OK, fields, rows.body());
    }

    private Answer changed(Outcome.Rows rows, ContentRange range) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Content-Range", range.text()));
        preferences(fields);
        if (!isShown()) {
            return new Answer(NO_CONTENT, fields, Bytes.EMPTY);
        }
        fields.addAll(contentType());
        return new Answer(OK, fields, rows.body());
    }

    private ContentRange updatedRange(Found found) {
        return new ContentRange(0, found.page(), affected(found));
    }

    /// How many rows a change was about, where that was asked for.
    private OptionalLong affected(Found found) {
        return request.preferences()
                        .count()
                        .filter(count -> count != Preferences.Count.PLANNED)
                        .isPresent()
                ? OptionalLong.of(found.page())
                : OptionalLong.empty();
    }

    private boolean isShown() {
        return request.preferences()
                .representation()
                .equals(Optional.of(Representation.REPRESENTATION));
    }

    private List<Field> contentType() {
        Field type = new Field("Content-Type", plan.format().mediaType().contentType());
        return request.profiled()
                ? List.of(type, new Field("Content-Profile", request.schema()))
                : List.of(type);
    }

    private void preferences(List<Field> fields) {
        String applied = request.preferences().applied(this::counts, zoneKnown, affects());
        if (!applied.isEmpty()) {
            fields.add(new Field("Preference-Applied", applied));
        }
    }

    /// Whether a preference has a meaning for what was done.
    private boolean counts(Written preference) {
        return switch (preference) {
            case Resolution _ ->
                    plan instanceof Plan.Write(Mutation.Insert insert, _, _)
                            && !(insert.primaryKey().isEmpty()
                                    && request.parameters().onConflict().isEmpty());
            case Preferences.Missing _ ->
                    plan instanceof Plan.Write write
                            && (write.mutation() instanceof Mutation.Insert
                                    || write.mutation() instanceof Mutation.Update);
            case Representation _ -> plan instanceof Plan.Write;
            case Preferences.Transaction _ -> endChosen;
            case Preferences.Count _, Preferences.Handling _ -> true;
        };
    }

    private boolean affects() {
        return switch (plan) {
            case Plan.Call _ -> true;
            case Plan.Write write ->
                    write.mutation() instanceof Mutation.Update
                            || write.mutation() instanceof Mutation.Delete;
            case Plan.Read _ -> false;
        };
    }
}

package dev.hearth.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.Command;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Refused;
import dev.hearth.rest.outcome.SentCommands;
import dev.hearth.rest.plan.Library;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.PlanRules;
import dev.hearth.rest.plan.Planner;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.RequestRules;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.rest.sql.Statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// What a fuzzer calls: a request of any kind goes the whole way from its text to its statement,
/// against a catalog that does not change, and these must be true of it:
///
/// - it is refused with a status from 400 to 499, or 300 for what is ambiguous, and nothing else is
///   thrown, or there are statements;
/// - in the text of a statement nothing of the request stands outside of double quotes
///   ([StatementScan]), and it has as many places as there are parameters;
/// - the short way, by which a kind of request is understood only once, comes to the same.
///
/// Knows nothing of the fuzzer but the name of the method.
public final class RequestFuzz {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int AMBIGUOUS = 300;

    private static final RequestRules RULES =
            new RequestRules(List.of("public", "other"), true, Optional.of("import"));
    private static final Planner PLANNER = new Planner(Library.CATALOG, Library.RULES);
    private static final Planner STRICT =
            new Planner(Library.CATALOG, new PlanRules(OptionalLong.of(100), false, false, false));
    private static final Carrying CARRYING =
            new Carrying(
                    Config.from(Settings.of(List.of(Map.of("HEARTH_PORT", "0")))).rest(),
                    Set.of("UTC"));
    private static final Templates TEMPLATES = new Templates(PLANNER, RULES, CARRYING);

    /// What became of a request: what is sent to the database, or the answer of a problem.
    private record Result(List<Command> sent, Optional<String> refusal) {

        static Result of(Optional<Template.Work> work, List<String> values, Payload payload) {
            return new Result(
                    work.map(each -> SentCommands.of(each.commands(), values, payload.content()))
                            .orElse(List.of()),
                    Optional.empty());
        }

        static Result refused(Refusal refusal) {
            Problem problem = refusal.problem();
            int status = problem.status();
            if (status != AMBIGUOUS && (status < 400 || status > 499)) {
                throw new AssertionError(status + " " + problem);
            }
            return new Result(
                    List.of(),
                    Optional.of(
                            Refused.answer(problem).body() instanceof Bytes body
                                    ? status + " " + new String(body.array(), UTF_8)
                                    : "no body"));
        }
    }

    private RequestFuzz() {}

    /// One request.
    public static void fuzzerTestOneInput(byte[] text) {
        FuzzedRequest asked = FuzzedRequest.of(text);
        requireJson(RequestFacts.headers(asked.headers()));
        requireJson(RequestFacts.cookies(asked.headers()));
        var _ = plain(asked, STRICT);
        Result plain = plain(asked, PLANNER);
        Result known = known(asked);
        if (!plain.equals(known)) {
            throw new AssertionError(
                    "otherwise at once: " + plain + "\nthan by a template: " + known);
        }
    }

    /// The database reads it as such.
    private static void requireJson(Setting setting) {
        try {
            var _ = JSON.readTree(setting.value());
        } catch (JsonProcessingException e) {
            throw new AssertionError(setting.toString(), e);
        }
    }

    private static Result plain(FuzzedRequest asked, Planner planner) {
        try {
            RestRequest request = RestRequest.of(asked.line(), asked.headers(), RULES);
            Payload payload = Payload.of(request, asked.body());
            if (!(planner.plan(request, payload) instanceof Plan.Statement plan)) {
                return new Result(List.of(), Optional.empty());
            }
            Statements statements = Statements.of(plan);
            Stream.of(Optional.of(statements.main()), statements.estimate(), statements.rows())
                    .flatMap(Optional::stream)
                    .forEach(RequestFuzz::check);
            return Result.of(
                    Optional.of(CARRYING.work(asked.line(), request, plan, statements)),
                    List.of(),
                    payload);
        } catch (Refusal refusal) {
            return Result.refused(refusal);
        }
    }

    private static Result known(FuzzedRequest asked) {
        try {
            Templates.Ready ready =
                    TEMPLATES.ready(
                            asked.line(), asked.headers(), asked.body()::array, new Timing());
            return Result.of(ready.template().work(), ready.values(), ready.payload());
        } catch (Refusal refusal) {
            return Result.refused(refusal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Statement statement) {
        StatementScan.stranger(statement.text())
                .ifPresent(
                        found -> {
                            throw new AssertionError("a stranger in the statement " + found);
                        });
        if (StatementScan.places(statement.text()) != statement.parameters().size()) {
            throw new AssertionError("other places than parameters: " + statement.text());
        }
    }
}

package dev.hearth.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Config;
import dev.hearth.config.RestConfig;
import dev.hearth.config.Settings;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Refused;
import dev.hearth.rest.outcome.Steps;
import dev.hearth.rest.plan.Library;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.PlanRules;
import dev.hearth.rest.plan.Planner;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.RequestRules;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.rest.sql.Statement;
import dev.hearth.rest.sql.Statement.Parameter.Place;
import dev.hearth.rest.sql.Statement.Parameter.Text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final RestConfig CONFIG = Config.from(Settings.of(List.of(Map.of()))).rest();
    private static final Templates TEMPLATES =
            new Templates(PLANNER, RULES, new Carrying(CONFIG, Set.of()));

    /// What became of a request: statements to be carried out, or a problem.
    private record Result(Optional<Statements> statements, Optional<String> refusal) {

        static Result refused(Refusal refusal) {
            Problem problem = refusal.problem();
            int status = problem.status();
            if (status != AMBIGUOUS && (status < 400 || status > 499)) {
                throw new AssertionError(status + " " + problem);
            }
            return new Result(
                    Optional.empty(),
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
        Result plain = plain(asked, PLANNER);
        check(plain);
        check(plain(asked, STRICT));
        Result known = known(asked);
        if (!plain.equals(known)) {
            throw new AssertionError(
                    "otherwise at once: " + told(plain) + "\nthan by a template: " + told(known));
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
            Plan plan = planner.plan(request, payload);
            return new Result(
                    plan instanceof Plan.Statement statement
                            ? Optional.of(Statements.of(statement, CONFIG.answerLimit()))
                            : Optional.empty(),
                    Optional.empty());
        } catch (Refusal refusal) {
            return Result.refused(refusal);
        }
    }

    private static Result known(FuzzedRequest asked) {
        try {
            Templates.Ready ready =
                    TEMPLATES.ready(
                            asked.line(), asked.headers(), asked.body()::array, new Timing());
            return new Result(
                    ready.template().work().map(work -> sent(work, ready.values())),
                    Optional.empty());
        } catch (Refusal refusal) {
            return Result.refused(refusal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With values where their places are.
    private static Statements sent(Template.Work work, List<String> values) {
        Steps steps = work.commands().steps();
        return new Statements(
                sent(steps.main(), values),
                steps.estimate().map(each -> sent(each.statement(), values)),
                steps.rows().map(each -> sent(each, values)));
    }

    private static Statement sent(Statement statement, List<String> values) {
        return new Statement(
                statement.text(),
                statement.parameters().stream()
                        .map(
                                each ->
                                        each instanceof Place(int place)
                                                ? new Text(values.get(place))
                                                : each)
                        .toList());
    }

    private static void check(Result result) {
        result.statements().stream()
                .flatMap(
                        each ->
                                Stream.of(Optional.of(each.main()), each.estimate(), each.rows())
                                        .flatMap(Optional::stream))
                .forEach(RequestFuzz::check);
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

    private static String told(Result result) {
        return result.refusal()
                .orElseGet(() -> result.statements().map(RequestFuzz::told).orElse("nothing"));
    }

    private static String told(Statements statements) {
        return statements.main().text()
                + statements.main().parameters().stream()
                        .map(each -> each instanceof Text(String value) ? value : each.toString())
                        .map(Objects::toString)
                        .toList();
    }
}

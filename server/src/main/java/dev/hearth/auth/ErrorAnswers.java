package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.auth.AuthProblem.BodyOverLimit;
import dev.hearth.auth.AuthProblem.InvalidRequest;
import dev.hearth.auth.AuthProblem.RefusedByDatabase;
import dev.hearth.auth.AuthProblem.TimedOut;
import dev.hearth.auth.AuthProblem.Unexpected;
import dev.hearth.auth.AuthProblem.WeakPassword;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route.Errors;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Makes an answer of auth's shape of whatever goes wrong in a handler (auth.md 2.1), and tells
/// what was not the caller's doing.
final class ErrorAnswers {

    /// Cancelled by a time limit of the database: of a statement, or while waiting for a lock.
    private static final Set<String> TIMED_OUT = Set.of("57014", "55P03");

    private final Observer observer;

    ErrorAnswers(Observer observer) {
        this.observer = observer;
    }

    /// The words for what goes wrong at one address.
    ///
    /// @param attempt what the handler does, as upstream says it when a user's trigger stops it
    Errors during(String attempt) {
        return (request, failure) ->
                answer(
                        request,
                        switch (failure) {
                            case Refusal refusal -> refusal.problem();
                            case SQLException e -> problem(request, attempt, e);
                            default -> unexpected(request, failure);
                        });
    }

    private Problem problem(Request request, String attempt, SQLException e) {
        if (TIMED_OUT.contains(String.valueOf(e.getSQLState()))) {
            return new TimedOut();
        }
        Optional<DatabaseRefusal> refusal = DatabaseRefusal.of(e);
        if (refusal.isEmpty()) {
            return unexpected(request, e);
        }
        observer.tell(refusal.get().event(request.id()));
        return refusal.get().problem(attempt);
    }

    private Problem unexpected(Request request, Exception e) {
        Optional<String> sqlState =
                e instanceof SQLException sql
                        ? Optional.ofNullable(sql.getSQLState())
                        : Optional.empty();
        observer.tell(
                new AuthEvent.Failed(
                        request.id(), e.getClass().getSimpleName(), sqlState, place(e)));
        return new Unexpected();
    }

    private static String place(Exception e) {
        String room = ErrorAnswers.class.getPackageName();
        return Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(room))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("-");
    }

    private static Answer answer(Request request, Problem problem) {
        ApiVersion version = ApiVersion.of(request.headers());
        Problem ours =
                problem instanceof BodyTooLarge(var limit) ? new BodyOverLimit(limit) : problem;
        Answer answer =
                switch (ours) {
                    case InvalidRequest invalid -> oauth(invalid);
                    case RefusedByDatabase refused
                            when version == ApiVersion.INITIAL && refused.told() ->
                            database(refused);
                    default -> usual(request, version, ours);
                };
        return version == ApiVersion.INITIAL
                ? answer
                : answer.with(ApiVersion.HEADER, ApiVersion.DATE);
    }

    private static Answer usual(Request request, ApiVersion version, Problem problem) {
        ObjectNode body = Json.object();
        switch (version) {
            case INITIAL -> {
                body.put("code", problem.status());
                body.put("error_code", problem.code());
                body.put("msg", problem.message());
                if (problem.status() >= 500) {
                    body.put("error_id", request.id());
                }
            }
            case V2024_01_01 -> {
                body.put("code", problem.code());
                body.put("message", problem.message());
            }
        }
        if (problem instanceof WeakPassword weak) {
            var reasons = body.putObject("weak_password").putArray("reasons");
            weak.reasons().forEach(reasons::add);
        }
        return Json.answer(problem.status(), body).with("x-sb-error-code", problem.code());
    }

    private static Answer oauth(InvalidRequest invalid) {
        ObjectNode body = Json.object();
        body.put("error", invalid.error());
        body.put("error_description", invalid.description());
        return Json.answer(invalid.status(), body);
    }

    /// Older clients are told what the database said.
    private static Answer database(RefusedByDatabase refused) {
        ObjectNode body = Json.object();
        body.put("code", refused.sqlState());
        body.put("message", refused.text());
        refused.hint().ifPresent(hint -> body.put("hint", hint));
        refused.detail().ifPresent(detail -> body.put("detail", detail));
        return Json.answer(refused.chosenStatus(), body).with("x-sb-error-code", refused.code());
    }
}

package dev.hearth.rest.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.hearth.rest.sql.Rendering;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an exception of the driver means to the caller.
final class Failures {

    /// A statement was made for a database that has changed since: other types fit now.
    private static final Set<String> OTHER_TYPES = Set.of("42883", "42804", "42846", "42725");

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";
    private static final String UNKNOWN_PREPARED = "26000";
    private static final String NOT_SUPPORTED = "0A000";

    /// The server's routine that finds a plan of no use; its message is in any language.
    private static final String REVALIDATION = "RevalidateCachedQuery";

    private static final String PROGRAM_LIMIT = "54000";
    private static final String NO_NUMBER = "22P02";
    private static final Pattern TOO_LARGE_ANSWER =
            Pattern.compile(Rendering.TOO_LARGE + " (\\d+) (\\d+)");
    private static final String RAISED = "PGRST";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Failures() {}

    /// Whether the types that were learned for a statement may be wrong by now.
    static boolean mayBeOfTypes(SQLException e) {
        return OTHER_TYPES.contains(state(e));
    }

    /// Whether a statement that the connection has prepared is of no use any more.
    static boolean isOfPrepared(SQLException e) {
        return state(e).equals(UNKNOWN_PREPARED)
                || (state(e).equals(NOT_SUPPORTED)
                        && server(e)
                                .map(ServerErrorMessage::getRoutine)
                                .filter(REVALIDATION::equals)
                                .isPresent());
    }

    /// Whether the same transaction may pass when it is tried again.
    static boolean isOfSerialization(SQLException e) {
        return state(e).equals(SERIALIZATION_FAILURE);
    }

    /// Whether others have got in the way: a serialization failure, or a deadlock.
    static boolean isOfOthers(SQLException e) {
        return isOfSerialization(e) || state(e).equals(DEADLOCK);
    }

    /// Whether a value became larger than the database can hold.
    static boolean isTooLarge(SQLException e) {
        return state(e).equals(PROGRAM_LIMIT);
    }

    /// What an answer that is too large says of itself ([Rendering#of]).
    private static Optional<String> tooLargeAnswer(String message) {
        Matcher told = TOO_LARGE_ANSWER.matcher(message);
        return told.find()
                ? Optional.of("%s bytes, at most %s".formatted(told.group(1), told.group(2)))
                : Optional.empty();
    }

    /// Why there is no connection.
    ///
    /// @param allInUse whether every connection is in use
    static OutcomeProblem ofAcquisition(SQLException e, boolean allInUse) {
        if (e instanceof SQLTransientConnectionException) {
            return e.getCause() instanceof SQLException cause && !allInUse
                    ? OutcomeProblem.unreachable(text(cause))
                    : OutcomeProblem.allInUse();
        }
        return OutcomeProblem.unreachable(text(e));
    }

    /// Why a transaction came to nothing.
    ///
    /// @param anonymous whether the caller has not said who they are
    /// @throws IllegalStateException for what is our own fault
    static OutcomeProblem of(SQLException e, boolean anonymous) {
        Optional<ServerErrorMessage> server = server(e);
        if (server.isPresent()) {
            return of(server.get(), anonymous);
        }
        if (state(e).startsWith("08")) {
            return OutcomeProblem.lost(text(e));
        }
        throw new IllegalStateException("the driver failed with " + state(e), e);
    }

    private static OutcomeProblem of(ServerErrorMessage server, boolean anonymous) {
        String state = Optional.ofNullable(server.getSQLState()).orElse("");
        Optional<String> detail = Optional.ofNullable(server.getDetail());
        if (state.equals(RAISED)) {
            return raised(message(server), detail);
        }
        if (state.equals(NO_NUMBER)) {
            Optional<String> sizes = tooLargeAnswer(message(server));
            if (sizes.isPresent()) {
                return OutcomeProblem.answerTooLarge(sizes.get());
            }
        }
        return new DatabaseProblem(
                SqlState.status(state, message(server), anonymous),
                state.startsWith("PT") ? Optional.of(message(server)) : Optional.empty(),
                state,
                message(server),
                detail,
                Optional.ofNullable(server.getHint()),
                Optional.empty(),
                Optional.ofNullable(server.getRoutine()));
    }

    /// A refusal that SQL wrote itself.
    private static OutcomeProblem raised(String message, Optional<String> detail) {
        JsonNode body = object(message);
        if (body == null
                || !body.path("code").isTextual()
                || !body.path("message").isTextual()
                || !textOrNothing(body, "details")
                || !textOrNothing(body, "hint")) {
            return OutcomeProblem.unreadableMessage(message);
        }
        JsonNode head = detail.map(Failures::object).orElse(null);
        if (head == null
                || !head.path("status").canConvertToExactIntegral()
                || !head.path("status").canConvertToInt()
                || !textOrNothing(head, "status_text")
                || !head.path("headers").isObject()
                || !head.path("headers").valueStream().allMatch(JsonNode::isTextual)) {
            return OutcomeProblem.unreadableDetail(detail);
        }
        int status = head.path("status").intValue();
        return new DatabaseProblem(
                SqlState.sendable(status) ? status : 500,
                text(head, "status_text"),
                body.path("code").textValue(),
                body.path("message").textValue(),
                text(body, "details"),
                text(body, "hint"),
                Optional.of(fields(head.path("headers"))),
                Optional.empty());
    }

    private static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isObject() ? node : null;
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    private static boolean textOrNothing(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isTextual() || value.isNull() || value.isMissingNode();
    }

    private static Optional<String> text(JsonNode object, String key) {
        return Optional.ofNullable(object.path(key).textValue());
    }

    private static Map<String, String> fields(JsonNode headers) {
        var fields = new LinkedHashMap<String, String>();
        headers.properties()
                .forEach(each -> fields.put(each.getKey(), each.getValue().textValue()));
        return fields;
    }

    private static Optional<ServerErrorMessage> server(SQLException e) {
        return e instanceof PSQLException refused
                ? Optional.ofNullable(refused.getServerErrorMessage())
                : Optional.empty();
    }

    private static String message(ServerErrorMessage server) {
        return Optional.ofNullable(server.getMessage()).orElse("");
    }

    private static String state(SQLException e) {
        return Optional.ofNullable(e.getSQLState()).orElse("");
    }

    private static String text(SQLException e) {
        return Optional.ofNullable(e.getMessage()).orElse("");
    }
}

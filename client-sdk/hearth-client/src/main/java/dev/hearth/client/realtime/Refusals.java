package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;

import java.util.Set;
import java.util.StringJoiner;

/// What the server's words mean.
final class Refusals {

    /// Changes come from now on.
    static final String CHANGES_IN_FORCE = "Subscribed to PostgreSQL";

    /// How our server says that there is a gap.
    static final String CHANGES_MISSED = "Changes may have been missed";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final Set<String> PASSING =
            Set.of(
                    "SocketClosed",
                    "SocketTimeout",
                    "HeartbeatLost",
                    "Slept",
                    "JoinTimeout",
                    "ChannelCrashed",
                    "RealtimeRestarting",
                    "InitializingProjectConnection",
                    "UnableToConnectToProject",
                    "ConnectionRateLimitReached",
                    "ClientJoinRateLimitReached",
                    "IncreaseConnectionPool",
                    "DatabaseLackOfConnections",
                    "DatabaseConnectionRateLimitReached",
                    "QueryCanceled",
                    "TimeoutOnRpcCall",
                    "ErrorOnRpcCall");

    private Refusals() {}

    /// Of a join, from `{"reason":"Code: words"}`.
    static RealtimeException join(Plan plan, JsonNode response) {
        String text = text(response);
        int colon = text.indexOf(": ");
        String code = colon > 0 && text.indexOf(' ') > colon ? text.substring(0, colon) : "";
        return new RealtimeException(
                "the server does not let channel " + plan.name() + " in: " + text + next(code),
                code.isEmpty() ? "JoinRefused" : code,
                plan.name());
    }

    private static String next(String code) {
        return switch (code) {
            case "Unauthorized" ->
                    "; a policy on realtime.messages has to allow select for this topic";
            case "InvalidJWTToken", "MalformedJWT", "JwtSignatureError" ->
                    "; sign in again, or check the source of access tokens";
            case "ChannelRateLimitReached" -> "; leave channels that nobody needs";
            default -> "";
        };
    }

    /// All values of an answer, as realtime-js joins them.
    static String text(JsonNode response) {
        var text = new StringJoiner(", ");
        response.forEach(value -> text.add(value.isValueNode() ? value.asText() : "" + value));
        return text.length() == 0 ? "no reason was given" : text.toString();
    }

    /// Whether somebody who waits for a channel need not wait any longer: what stands in the way
    /// does not pass by itself.
    static boolean isFinal(SupabaseException error) {
        if (error instanceof TransportException || error instanceof RequestTimeoutException) {
            return false;
        }
        return isSocket(error)
                ? isKey(error) || error.status().orElse(0) == NOT_FOUND
                : !PASSING.contains(error.code().orElse(""));
    }

    private static boolean isSocket(SupabaseException error) {
        return error.code().orElse("").equals("SocketRefused");
    }

    /// Whether the server opens no socket to this API key.
    static boolean isKey(SupabaseException error) {
        int status = error.status().orElse(0);
        return isSocket(error) && (status == UNAUTHORIZED || status == FORBIDDEN);
    }

    /// Whether it is the access token that is no good, so that another one may help.
    static boolean isToken(String code, String text) {
        return code.equals("InvalidJWTToken")
                || code.equals("MalformedJWT")
                || code.equals("JwtSignatureError")
                || (code.equals("system")
                        && (text.startsWith("Token has expired")
                                || text.startsWith("InvalidJWTToken")
                                || text.startsWith("The token provided")));
    }
}

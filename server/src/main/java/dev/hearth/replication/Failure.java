package dev.hearth.replication;

import java.sql.SQLException;
import java.util.Objects;

/// What the server's answers mean.
final class Failure {

    private Failure() {}

    /// Why a stream could not be opened.
    static ReplicationProblem opening(SQLException e, String role, int slots) {
        String state = state(e);
        String answer = answer(e);
        return switch (state) {
            case "42501" -> new ReplicationProblem.NoReplicationRight(role);
            case "53400" -> new ReplicationProblem.NoFreeSlot(slots);
            case "53300" -> new ReplicationProblem.NoFreeConnection(answer);
            case "57P03", "57P01", "57P02" -> new ReplicationProblem.Unreachable(answer);
            default -> {
                if (state.startsWith("28")) {
                    yield new ReplicationProblem.LoginRefused(answer);
                }
                yield state.startsWith("08") || state.isEmpty()
                        ? new ReplicationProblem.Unreachable(answer)
                        : new ReplicationProblem.Refused(state, answer);
            }
        };
    }

    /// Whether a running stream ended since the publication does not exist at its place of the log
    /// (15 to 17). The server's language may be any, the quoted name is in all of them.
    static boolean isMissingPublication(SQLException e, String publication) {
        return state(e).equals("42704") && answer(e).contains('"' + publication + '"');
    }

    /// Whether a warning says that changes were left out for want of the publication (18).
    static boolean isSkippedPublication(SQLException warning, String publication) {
        return state(warning).equals("55000") && answer(warning).contains('"' + publication + '"');
    }

    static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    /// The first line of what was said.
    static String answer(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.lines().findFirst().orElse("");
    }
}

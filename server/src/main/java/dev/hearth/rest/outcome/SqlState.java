package dev.hearth.rest.outcome;

/// The HTTP status of an error of the database (rest.md 15.2).
///
/// Mirrors `pgErrorStatus` of PostgREST v14 `src/PostgREST/Error.hs`: the first line that fits
/// counts.
final class SqlState {

    private SqlState() {}

    /// @param anonymous whether the caller has not said who they are
    static int status(String state, String message, boolean anonymous) {
        return switch (state) {
            case "23503", "23505" -> 409;
            case "25006" -> 405;
            case "21000" -> message.endsWith("requires a WHERE clause") ? 400 : 500;
            case "22023" ->
                    message.startsWith("role") && message.endsWith("does not exist") ? 401 : 400;
            case "53400", "42P17" -> 500;
            case "57P01" -> 503;
            case "P0001" -> 400;
            case "42883" -> message.startsWith("function xmlagg(") ? 406 : 404;
            case "42P01" -> 404;
            case "42501" -> anonymous ? 401 : 403;
            default -> state.startsWith("PT") ? chosen(state.substring(2)) : ofClass(state);
        };
    }

    private static int ofClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "53" -> 503;
            case "0L", "0P", "28" -> 403;
            case "09", "25", "2D", "38", "39", "3B", "40" -> 500;
            case "54", "55", "57", "58", "F0", "HV", "P0", "XX" -> 500;
            default -> 400;
        };
    }

    /// The status that SQL raised; 500 for one that an answer cannot have.
    private static int chosen(String digits) {
        boolean number = digits.chars().allMatch(each -> each >= '0' && each <= '9');
        int status = number ? Integer.parseInt(digits) : 0;
        return sendable(status) ? status : 500;
    }

    /// Whether an answer can have this status.
    static boolean sendable(int status) {
        return status >= 200 && status <= 599;
    }
}

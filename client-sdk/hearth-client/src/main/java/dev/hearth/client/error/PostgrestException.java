package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;

/// The data API said no: PostgREST with a code such as `PGRST116`, PostgreSQL with its SQLSTATE
/// such as `23505`, or something before them, such as a proxy, with a status only.
///
/// ```java
/// try {
///     client.from("users").insert(user).execute();
/// } catch (PostgrestException e) {
///     if (e.isUniqueViolation()) {
///         tell("that address is taken");
///     } else {
///         throw e;
///     }
/// }
/// ```
///
/// The message is the server's own. The details may hold values of rows.
public final class PostgrestException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String details;
    private final @Nullable String hint;
    private final int status;

    /// @param code empty for none
    /// @param details what the server adds, null for nothing
    /// @param hint what would work, null for nothing
    /// @param status of HTTP
    public PostgrestException(
            String message,
            String code,
            @Nullable String details,
            @Nullable String hint,
            int status,
            @Nullable RequestInfo request) {
        super(message, request, null);
        this.code = code;
        this.details = details;
        this.hint = hint;
        this.status = status;
    }

    @Override
    public Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    /// What the server adds, such as `Key (email)=(…) already exists.`; as JSON where it is no
    /// text.
    public Optional<String> details() {
        return Optional.ofNullable(details);
    }

    @Override
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    @Override
    public OptionalInt status() {
        return OptionalInt.of(status);
    }

    /// Whether a policy forbids the row that was to be written. (Rows that may not be read are not
    /// refused; they are not there.)
    public boolean isRlsDenied() {
        return code.equals("42501") && message().contains("row-level security");
    }

    /// Whether the role has no right to the table, column, function or schema at all: what `grant`
    /// gives, before any policy is asked.
    public boolean isMissingGrant() {
        return code.equals("42501") && message().startsWith("permission denied");
    }

    /// Whether such a row is there already.
    public boolean isUniqueViolation() {
        return code.equals("23505");
    }

    /// Whether the row refers to one that is not there, or others refer to it.
    public boolean isForeignKeyViolation() {
        return code.equals("23503");
    }

    /// Whether a column that needs a value was given none.
    public boolean isNotNullViolation() {
        return code.equals("23502");
    }

    /// Whether a check of the table failed.
    public boolean isCheckViolation() {
        return code.equals("23514");
    }

    /// Whether `single()` or `maybeSingle()` met another number of rows.
    public boolean isNotSingle() {
        return code.equals("PGRST116");
    }

    /// Whether more rows than `maxAffected` allows would have been changed; none was.
    public boolean isMaxAffectedExceeded() {
        return code.equals("PGRST124");
    }

    /// Whether the server knows no such table, view or function in that schema.
    public boolean isNotFound() {
        return code.equals("PGRST205")
                || code.equals("PGRST202")
                || code.equals("42P01")
                || code.equals("42883");
    }

    /// Whether the access token was refused: expired, not yet valid, or of another server.
    public boolean isTokenRejected() {
        return code.equals("PGRST301") || code.equals("PGRST303");
    }

    /// Whether the statement ran longer than the database lets it.
    public boolean isStatementTimeout() {
        return code.equals("57014");
    }

    private String message() {
        return String.valueOf(getMessage());
    }
}

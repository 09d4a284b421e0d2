package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Storage refused a call.
///
/// ```java
/// try {
///     files.upload("cat.png", bytes);
/// } catch (StorageException e) {
///     if (e.isAlreadyExists()) {
///         files.update("cat.png", bytes);
///     }
/// }
/// ```
///
/// Storage answers most refusals with the HTTP status 400 and tells the true one in the body:
/// [#status] is the first, [#statusCode] the second, as in storage-js; the questions [#isNotFound]
/// and so on look at both and at the code. Answers of servers that send no code yet are understood
/// too. An answer that is no JSON has neither code nor [#statusCode].
public final class StorageException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> NOT_FOUND =
            Set.of("NoSuchKey", "NoSuchBucket", "NoSuchUpload");
    private static final Set<String> EXISTS =
            Set.of("KeyAlreadyExists", "BucketAlreadyExists", "ResourceAlreadyExists");
    private static final Set<String> BUSY =
            Set.of("SlowDown", "ResourceLocked", "LockTimeout", "DatabaseTimeout");

    private final int status;
    private final @Nullable String code;
    private final @Nullable String statusCode;
    private final @Nullable String error;

    /// @param status of HTTP
    /// @param code the body's `code`, such as `NoSuchKey`
    /// @param statusCode the body's `statusCode`
    /// @param error the body's `error`, such as `Duplicate`
    public StorageException(
            String message,
            int status,
            @Nullable String code,
            @Nullable String statusCode,
            @Nullable String error,
            @Nullable RequestInfo request) {
        super(message, request, null);
        this.status = status;
        this.code = code;
        this.statusCode = statusCode;
        this.error = error;
    }

    /// The status of HTTP; mostly 400, see [#statusCode].
    @Override
    public OptionalInt status() {
        return OptionalInt.of(status);
    }

    /// The body's `code`, such as `NoSuchKey` or `AccessDenied`; servers before 2024 send none.
    @Override
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /// The status that the body tells: what the status of HTTP would have been.
    public OptionalInt statusCode() {
        return statusCode != null && statusCode.matches("\\d{3}")
                ? OptionalInt.of(Integer.parseInt(statusCode))
                : OptionalInt.empty();
    }

    /// The body's `error`, such as `not_found` or `Duplicate`.
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /// No such object or bucket, or none that the caller may see.
    public boolean isNotFound() {
        return code == null ? told() == 404 : NOT_FOUND.contains(code);
    }

    /// The object is not there, or hidden from the caller; its bucket is another matter.
    public boolean isObjectNotFound() {
        return "NoSuchKey".equals(code)
                || (code == null
                        && told() == 404
                        && (error == null
                                || error.toLowerCase(java.util.Locale.ROOT).matches("not.found")));
    }

    /// The bucket is not there, or hidden from the caller.
    public boolean isBucketNotFound() {
        return "NoSuchBucket".equals(code)
                || (code == null && "Bucket not found".equalsIgnoreCase(error));
    }

    /// There is an object or a bucket of that name.
    public boolean isAlreadyExists() {
        return code == null
                ? told() == 409 && "Duplicate".equalsIgnoreCase(error)
                : EXISTS.contains(code);
    }

    /// The object is larger than the bucket or the server allows.
    public boolean isTooLarge() {
        return code == null ? told() == 413 : code.equals("EntityTooLarge");
    }

    /// The bucket does not take files of that content type.
    public boolean isUnsupportedType() {
        return code == null ? told() == 415 : code.equals("InvalidMimeType");
    }

    /// No policy allows it, or the token is none.
    public boolean isAccessDenied() {
        return code == null ? told() == 401 || told() == 403 : code.equals("AccessDenied");
    }

    /// The path holds what storage does not take.
    public boolean isInvalidKey() {
        return "InvalidKey".equals(code);
    }

    /// The bucket to be deleted holds objects still.
    public boolean isNotEmpty() {
        return "ResourceNotEmpty".equals(code);
    }

    /// It may work later: the server has too much to do, or somebody else is at the same object.
    public boolean isBusy() {
        return code == null ? told() == 429 || told() == 503 : BUSY.contains(code);
    }

    @Override
    public Optional<String> hint() {
        if (isAccessDenied()) {
            return Optional.of(
                    "the caller's role needs a policy on storage.objects (or storage.buckets) that"
                            + " allows this; x-upsert and update need SELECT, INSERT and UPDATE");
        }
        if (isTooLarge()) {
            return Optional.of("raise the bucket's fileSizeLimit, or the server's own limit");
        }
        if (isUnsupportedType()) {
            return Optional.of(
                    "name the content type in UploadOptions, or allow it in the bucket's"
                            + " allowedMimeTypes");
        }
        if (isInvalidKey()) {
            return Optional.of(
                    "use letters, digits, blanks and _ / ! . * ' ( ) & $ @ = ; : + , ? - only");
        }
        if (isBucketNotFound()) {
            return Optional.of(
                    "create it with createBucket; a public address needs a public bucket");
        }
        return isNotEmpty() ? Optional.of("call emptyBucket first") : Optional.empty();
    }

    private int told() {
        return statusCode().orElse(status);
    }
}

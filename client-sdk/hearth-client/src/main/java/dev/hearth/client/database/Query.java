package dev.hearth.client.database;

import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpRequest.Field;
import dev.hearth.client.internal.http.Retry;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// A request in the making, which a builder writes and a terminal sends. For one thread.
final class Query {

    static final String ONE_ROW = "application/vnd.pgrst.object+json";
    static final String CSV = "text/csv";

    private static final String ROWS = "application/json";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Pattern TOTAL = Pattern.compile(".*/(\\d{1,18})");

    private final Backend backend;
    private final DatabaseOptions options;
    private final String schema;
    private final String path;
    private final List<Field> parameters = new ArrayList<>();
    private final List<String> preferences = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method;
    private @Nullable Body body;
    private @Nullable String accept;
    private @Nullable Duration timeout;
    private boolean retry;
    private boolean stripNulls;
    private boolean wholeTable = true;

    /// @param path encoded
    Query(Backend backend, DatabaseOptions options, String schema, String method, String path) {
        this.backend = backend;
        this.options = options;
        this.schema = schema;
        this.method = method;
        this.path = path;
        this.retry = options.retry();
        this.timeout = options.timeout().orElse(null);
    }

    Query copy() {
        var copy = new Query(backend, options, schema, method, path);
        copy.parameters.addAll(parameters);
        copy.preferences.addAll(preferences);
        copy.headers.putAll(headers);
        copy.body = body;
        copy.accept = accept;
        copy.timeout = timeout;
        copy.retry = retry;
        copy.stripNulls = stripNulls;
        copy.wholeTable = wholeTable;
        return copy;
    }

    static String named(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the " + what + " has no name");
        }
        return name;
    }

    static Duration positive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is above zero, not " + timeout);
        }
        return timeout;
    }

    Json json() {
        return backend.json();
    }

    Backend backend() {
        return backend;
    }

    String method() {
        return method;
    }

    /// One more parameter.
    Query append(String name, String value) {
        parameters.add(new Field(name, value));
        return this;
    }

    /// A parameter instead of that of the same name, in its place.
    Query set(String name, String value) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                parameters.set(i, new Field(name, value));
                return this;
            }
        }
        return append(name, value);
    }

    /// Without the parameters of a name.
    Query without(String name) {
        parameters.removeIf(field -> field.name().equals(name));
        return this;
    }

    @Nullable String parameter(String name) {
        return parameters.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }

    /// What narrows the rows of the table itself, rather than those of an embedded one.
    Query restrict(String name, String value) {
        wholeTable = false;
        return append(name, value);
    }

    /// That every row of the table is meant.
    void everyRow() {
        wholeTable = false;
    }

    Query prefer(String preference) {
        preferences.add(preference);
        return this;
    }

    Query header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Query body(byte[] bytes) {
        body = Body.json(bytes);
        return this;
    }

    Query accept(String type) {
        accept = type;
        return this;
    }

    String accepted() {
        return accept == null ? ROWS : accept;
    }

    void timeout(Duration allowed) {
        timeout = positive(allowed);
    }

    void retry(boolean again) {
        retry = again;
    }

    void stripNulls() {
        stripNulls = true;
    }

    void head() {
        method = "HEAD";
    }

    /// What is selected, without the white space that people write between names.
    Query select(String columns) {
        var clean = new StringBuilder(columns.length());
        boolean quoted = false;
        for (int i = 0; i < columns.length(); i++) {
            char c = columns.charAt(i);
            quoted ^= c == '"';
            if (quoted || !Character.isWhitespace(c)) {
                clean.append(c);
            }
        }
        return set("select", clean.toString());
    }

    boolean returning() {
        return preferences.contains("return=representation");
    }

    boolean counts() {
        return preferences.stream().anyMatch(preference -> preference.startsWith("count="));
    }

    /// The request as it would be sent now.
    HttpRequest request() {
        boolean reads = READS.contains(method);
        if (wholeTable && (method.equals("PATCH") || method.equals("DELETE"))) {
            throw new IllegalStateException(
                    "this would change every row: say which rows with a filter such as eq(…), or"
                            + " say all()");
        }
        HttpRequest request =
                new HttpRequest(
                                method,
                                path,
                                parameters,
                                List.of(),
                                body == null ? Body.NONE : body,
                                java.util.Optional.ofNullable(timeout),
                                java.util.Optional.empty(),
                                retry ? Retry.READS : Retry.NONE)
                        .header(reads ? "Accept-Profile" : "Content-Profile", schema);
        if (!preferences.isEmpty()) {
            request = request.header("Prefer", String.join(", ", preferences));
        }
        if (!reads) {
            request = request.header("Content-Type", ROWS);
        }
        String type = stripNulls ? stripped() : accept;
        if (type != null) {
            request = request.header("Accept", type);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    private String stripped() {
        return switch (accepted()) {
            case ONE_ROW -> ONE_ROW + ";nulls=stripped";
            case ROWS -> "application/vnd.pgrst.array+json;nulls=stripped";
            case CSV -> throw new IllegalStateException("stripNulls() cannot be used with csv()");
            default -> accepted();
        };
    }

    /// Sends it.
    ///
    /// @throws dev.hearth.client.error.SupabaseException when the answer is not 2xx, or there is
    ///   none
    HttpAnswer send() {
        HttpRequest request = request();
        String tooLong = tooLong(request);
        HttpAnswer answer;
        try {
            answer = backend.send(request);
        } catch (TransportException e) {
            if (tooLong.isEmpty() || e.neverSent()) {
                throw e;
            }
            throw new TransportException(
                    e.getMessage() + "; " + tooLong, e.request().orElse(null), e, false);
        }
        if (!answer.isSuccess()) {
            throw Refusals.of(answer, this, tooLong);
        }
        return answer;
    }

    /// Why the length of the address may be what fails; empty when it is not.
    private String tooLong(HttpRequest request) {
        int length = backend.http().address().length() + request.target().length();
        return length <= options.urlLengthLimit()
                ? ""
                : "the address has "
                        + length
                        + " characters, more than the urlLengthLimit of "
                        + options.urlLengthLimit()
                        + ": a long in(…) goes better into a function called by rpc(…), many"
                        + " columns into a view";
    }

    /// The count in `Content-Range: 0-9/100`, when one was asked for.
    OptionalLong count(HttpAnswer answer) {
        var range = TOTAL.matcher(answer.header("content-range").orElse(""));
        return counts() && range.matches()
                ? OptionalLong.of(Long.parseLong(range.group(1)))
                : OptionalLong.empty();
    }

    /// An answer that has, or should have, no body.
    PostgrestResponse<@Nullable Void> response(HttpAnswer answer) {
        return response(answer, null);
    }

    /// An answer with what was read from it.
    // That a type variable may stand for a type with null is not known to the checker.
    @SuppressWarnings("NullAway")
    <T extends @Nullable Object> PostgrestResponse<T> response(
            HttpAnswer answer, @Nullable T data) {
        return new PostgrestResponse<>(
                data, count(answer), answer.status(), answer.headers(), answer.text());
    }
}

package dev.hearth.client.database;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// How the data API is asked. Immutable.
///
/// ```java
/// SupabaseClient.builder(url, key).db(db -> db.schema("app").timeout(Duration.ofSeconds(5))).build();
/// ```
public final class DatabaseOptions {

    private final String schema;
    private final boolean retry;
    private final Optional<Duration> timeout;
    private final int urlLengthLimit;

    private DatabaseOptions(Builder builder) {
        schema = builder.schema;
        retry = builder.retry;
        timeout = Optional.ofNullable(builder.timeout);
        urlLengthLimit = builder.urlLengthLimit;
    }

    /// The usual ones: schema `public`, reads sent again when the server is away for a moment, the
    /// client's own timeout, addresses of up to 8,000 characters.
    public static Builder builder() {
        return new Builder();
    }

    /// The schema of tables and functions; default `public`.
    public String schema() {
        return schema;
    }

    /// Whether reads are sent again; default true.
    public boolean retry() {
        return retry;
    }

    /// For the whole of one attempt; empty for the client's own.
    public Optional<Duration> timeout() {
        return timeout;
    }

    /// From which length on an address is named as the likely cause of a failure; default 8,000
    /// characters.
    public int urlLengthLimit() {
        return urlLengthLimit;
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private String schema = "public";
        private boolean retry = true;
        private @Nullable Duration timeout;
        private int urlLengthLimit = 8000;

        private Builder() {}

        /// The schema of tables and functions.
        public Builder schema(String name) {
            this.schema = Query.named("schema", name);
            return this;
        }

        /// Whether GET and HEAD are sent again when the server was not reached or answered 503 or
        /// 520: at most three times, after 1, 2 and 4 s or what `Retry-After` says.
        public Builder retry(boolean again) {
            this.retry = again;
            return this;
        }

        /// For the whole of one attempt.
        ///
        /// @throws IllegalArgumentException when it is not above zero
        public Builder timeout(Duration allowed) {
            this.timeout = Query.positive(allowed);
            return this;
        }

        /// A request whose address is longer is sent all the same; when it fails, the error's hint
        /// names the length, this limit, and ways to a shorter one.
        ///
        /// @param characters of the whole address, 1 or more
        public Builder urlLengthLimit(int characters) {
            if (characters < 1) {
                throw new IllegalArgumentException(
                        "urlLengthLimit is 1 or more, not " + characters);
            }
            this.urlLengthLimit = characters;
            return this;
        }

        /// What was said so far.
        public DatabaseOptions build() {
            return new DatabaseOptions(this);
        }
    }
}

package dev.hearth.client.internal.http;

/// When a request is sent again.
public enum Retry {
    /// Never.
    NONE,
    /// As postgrest-js does with GET, HEAD and OPTIONS: when the server was not reached or answered
    /// 503 or 520, at most three times, after 1, 2 and 4 s or what `Retry-After` says, with
    /// `X-Retry-Count`.
    READS
}

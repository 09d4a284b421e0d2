package dev.hearth.auth;

import dev.hearth.exchange.Headers;

import java.time.DateTimeException;
import java.time.LocalDate;

/// Which shape of errors a client understands: it says so in the header `X-Supabase-Api-Version`, a
/// date (supabase/auth `internal/api/apiversions.go`).
enum ApiVersion {
    /// `{"code":422,"error_code":"…","msg":"…"}`
    INITIAL,
    /// `{"code":"…","message":"…"}`
    V2024_01_01;

    static final String HEADER = "X-Supabase-Api-Version";
    static final String DATE = "2024-01-01";

    private static final LocalDate FIRST = LocalDate.parse(DATE);

    /// The newest version that is not after the one asked for; a text that is no date counts as
    /// none.
    static ApiVersion of(Headers headers) {
        try {
            LocalDate asked = LocalDate.parse(headers.first(HEADER).orElse(""));
            return asked.isBefore(FIRST) ? INITIAL : V2024_01_01;
        } catch (DateTimeException _) {
            return INITIAL;
        }
    }
}

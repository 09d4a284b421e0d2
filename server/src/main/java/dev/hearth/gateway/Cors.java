package dev.hearth.gateway;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The CORS headers of every answer, refusals included: a browser shows nothing of an answer
/// without them (auth.md 1.6, storage-functions-gateway.md 17.4).
///
/// Any origin may ask, since no cookie takes part in who a caller is.
final class Cors {

    private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS";
    private static final String MAX_AGE_SECONDS = "3600";
    private static final String EXPOSED =
            "Content-Range, Content-Location, Content-Profile, Location, ETag, Preference-Applied,"
                    + " Proxy-Status, Server-Timing, WWW-Authenticate,"
                    + " Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires,"
                    + " Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, x-relay-error,"
                    + " sb-error-code, x-sb-error-code, X-Total-Count, Link,"
                    + " X-Supabase-Api-Version, x-request-id, Retry-After, X-Hearth-Max-Rows";

    /// What every answer carries, encoded once.
    static final List<HttpField> ALWAYS =
            List.of(
                    new PreEncodedHttpField("Access-Control-Allow-Origin", "*"),
                    new PreEncodedHttpField("Access-Control-Expose-Headers", EXPOSED));

    private static final String ALLOWED_WITHOUT_ASKING =
            "authorization, apikey, x-client-info, content-type, x-supabase-api-version,"
                    + " x-retry-count, traceparent, tracestate, baggage, accept, accept-profile,"
                    + " content-profile, prefer, range, x-upsert, x-region";

    private Cors() {}

    /// The further headers of a preflight's answer.
    ///
    /// @param requested the value of `Access-Control-Request-Headers`, echoed: `*` would not cover
    ///   `Authorization`
    static Map<String, String> preflight(Optional<String> requested) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put("Access-Control-Allow-Headers", requested.orElse(ALLOWED_WITHOUT_ASKING));
        headers.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
        headers.put("Vary", "Access-Control-Request-Headers");
        return headers;
    }
}

package dev.hearth.gateway;

import io.javalin.http.Context;

import java.util.UUID;
import java.util.regex.Pattern;

/// The id under which a request is found in the log: the caller's `x-request-id` where it is a
/// harmless text, else a new one.
final class RequestId {

    static final String HEADER = "x-request-id";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String of(Context context) {
        String known = context.attribute(HEADER);
        if (known != null) {
            return known;
        }
        String sent = context.header(HEADER);
        String id =
                sent != null && HARMLESS.matcher(sent).matches()
                        ? sent
                        : UUID.randomUUID().toString();
        context.attribute(HEADER, id);
        return id;
    }
}

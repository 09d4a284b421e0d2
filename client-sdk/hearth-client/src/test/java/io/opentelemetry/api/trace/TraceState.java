package io.opentelemetry.api.trace;

import java.util.Map;

/// Part of the double.
public interface TraceState {
    Map<String, String> asMap();
}

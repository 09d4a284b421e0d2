package io.opentelemetry.api.trace;

import java.util.Map;

/// Part of the double.
public final class SpanContext {

    public static final SpanContext NONE = new SpanContext("", "", false, Map.of());

    private final String trace;
    private final String span;
    private final boolean sampled;
    private final Map<String, String> state;

    public SpanContext(String trace, String span, boolean sampled, Map<String, String> state) {
        this.trace = trace;
        this.span = span;
        this.sampled = sampled;
        this.state = state;
    }

    public boolean isValid() {
        return !trace.isEmpty();
    }

    public boolean isSampled() {
        return sampled;
    }

    public String getTraceId() {
        return trace;
    }

    public String getSpanId() {
        return span;
    }

    public TraceFlags getTraceFlags() {
        return () -> sampled ? "01" : "00";
    }

    public TraceState getTraceState() {
        return () -> state;
    }
}

package io.opentelemetry.api.trace;

/// Part of the double.
public interface TraceFlags {
    String asHex();
}

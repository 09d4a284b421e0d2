package dev.hearth.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.function.Supplier;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @AfterEach
    void tearDown() {
        Span.enter(SpanContext.NONE);
    }

    @Test
    void tellsTheSpanThatTheThreadIsIn() {
        Supplier<Map<String, String>> headers = spans();

        Span.enter(new SpanContext(TRACE, SPAN, true, Map.of()));

        assertThat(headers.get())
                .isEqualTo(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
    }

    @Test
    void passesTheStateOfVendorsOn() {
        Supplier<Map<String, String>> headers = spans();

        Span.enter(new SpanContext(TRACE, SPAN, true, Map.of("vendor", "1")));

        assertThat(headers.get()).containsEntry("tracestate", "vendor=1");
    }

    @Test
    void tellsNothingOfASpanThatIsNotSampled() {
        Supplier<Map<String, String>> headers = spans();

        Span.enter(new SpanContext(TRACE, SPAN, false, Map.of()));

        assertThat(headers.get()).isEmpty();
    }

    @Test
    void tellsNothingOutsideOfSpans() {
        assertThat(spans().get()).isEmpty();
    }

    @Test
    void isNotThereWithoutOpenTelemetry() {
        assertThat(TraceContext.openTelemetry(null)).isEmpty();
    }

    @Test
    void leavesOutWhatIsNoTraceparent() {
        assertThat(TraceContext.of(() -> "00-zz").get()).isEmpty();
        assertThat(TraceContext.of(() -> null).get()).isEmpty();
        assertThat(TraceContext.of(() -> "00-" + TRACE + "-" + SPAN + "-01").get())
                .containsOnlyKeys("traceparent");
    }

    private static Supplier<Map<String, String>> spans() {
        return TraceContext.openTelemetry(TraceContextTest.class.getClassLoader()).orElseThrow();
    }
}

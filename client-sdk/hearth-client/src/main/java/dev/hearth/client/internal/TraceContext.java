package dev.hearth.client.internal;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a request comes from, for a server's traces: the headers of W3C Trace Context,
/// `traceparent: 00-<trace>-<span>-<flags>` and `tracestate`. Baggage, which may hold anything, is
/// not passed on.
public final class TraceContext {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private TraceContext() {}

    /// From the program; what is no `traceparent` is left out.
    public static Supplier<Map<String, String>> of(Supplier<? extends @Nullable String> program) {
        return () -> {
            String said = program.get();
            return said != null && TRACEPARENT.matcher(said).matches()
                    ? Map.of("traceparent", said)
                    : Map.of();
        };
    }

    /// From the span of OpenTelemetry that the calling thread is in, if it is sampled, as
    /// supabase-js 2.119 does. Found by name, since the SDK does not depend on it.
    ///
    /// @param loader where its API is looked for
    /// @return empty when it is not there
    public static Optional<Supplier<Map<String, String>>> openTelemetry(
            @Nullable ClassLoader loader) {
        try {
            return Optional.of(new Spans(loader));
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Optional.empty();
        }
    }

    private static final class Spans implements Supplier<Map<String, String>> {
        private final MethodHandle current;
        private final MethodHandle context;
        private final MethodHandle sampled;
        private final MethodHandle valid;
        private final MethodHandle trace;
        private final MethodHandle span;
        private final MethodHandle flags;
        private final MethodHandle hex;
        private final MethodHandle state;
        private final MethodHandle entries;

        Spans(@Nullable ClassLoader loader) throws ReflectiveOperationException {
            String api = "io.opentelemetry.api.trace.";
            Class<?> spans = Class.forName(api + "Span", true, loader);
            Class<?> contexts = Class.forName(api + "SpanContext", true, loader);
            Class<?> traceFlags = Class.forName(api + "TraceFlags", true, loader);
            Class<?> traceState = Class.forName(api + "TraceState", true, loader);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodType text = MethodType.methodType(String.class);
            MethodType truth = MethodType.methodType(boolean.class);
            current = lookup.findStatic(spans, "current", MethodType.methodType(spans));
            context = lookup.findVirtual(spans, "getSpanContext", MethodType.methodType(contexts));
            sampled = lookup.findVirtual(contexts, "isSampled", truth);
            valid = lookup.findVirtual(contexts, "isValid", truth);
            trace = lookup.findVirtual(contexts, "getTraceId", text);
            span = lookup.findVirtual(contexts, "getSpanId", text);
            flags =
                    lookup.findVirtual(
                            contexts, "getTraceFlags", MethodType.methodType(traceFlags));
            hex = lookup.findVirtual(traceFlags, "asHex", text);
            state =
                    lookup.findVirtual(
                            contexts, "getTraceState", MethodType.methodType(traceState));
            entries = lookup.findVirtual(traceState, "asMap", MethodType.methodType(Map.class));
        }

        @Override
        public Map<String, String> get() {
            try {
                return headers(context.invoke(current.invoke()));
            } catch (Throwable tracingIsNoReasonToFail) {
                return Map.of();
            }
        }

        private Map<String, String> headers(Object here) throws Throwable {
            if (!(boolean) valid.invoke(here) || !(boolean) sampled.invoke(here)) {
                return Map.of();
            }
            var headers = new LinkedHashMap<String, String>();
            headers.put(
                    "traceparent",
                    "00-"
                            + trace.invoke(here)
                            + "-"
                            + span.invoke(here)
                            + "-"
                            + hex.invoke(flags.invoke(here)));
            var vendors = (Map<?, ?>) entries.invoke(state.invoke(here));
            if (!vendors.isEmpty()) {
                headers.put(
                        "tracestate",
                        vendors.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(",")));
            }
            return headers;
        }
    }
}

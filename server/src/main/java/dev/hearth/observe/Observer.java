package dev.hearth.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Where events go and where meters live. One per server; safe for any thread; never blocks.
///
/// Each event becomes one log line and adds one to `hearth_events_total{event,level}`.
public final class Observer {

    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LogSink log = new LogSink();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();

    /// Tells that something happened.
    public void tell(Event event) {
        log.write(event);
        meters.counter(
                        "hearth.events",
                        "event",
                        event.getClass().getSimpleName(),
                        "level",
                        event.level().name())
                .increment();
        listeners.forEach(listener -> listener.accept(event));
    }

    /// Calls the listener with every later event, on the thread that tells it; it must not block.
    public void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }

    /// The registry in which rooms keep their counters, gauges and timers.
    public MeterRegistry meters() {
        return meters;
    }

    /// All meters in Prometheus' text format, version 0.0.4.
    public String scrape() {
        return meters.scrape();
    }
}

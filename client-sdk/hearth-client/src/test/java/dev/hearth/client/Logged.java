package dev.hearth.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Keeps what a logger says until it is closed, instead of the console.
public final class Logged extends Handler implements AutoCloseable {

    /// Held, since a logger that nobody holds is collected with its handlers.
    private final Logger log;

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /// Listens from now on.
    public Logged(String name) {
        log = Logger.getLogger(name);
        log.setUseParentHandlers(false);
        log.addHandler(this);
    }

    /// What was said, in order.
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord said) {
        records.add(said);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        log.removeHandler(this);
        log.setUseParentHandlers(true);
    }
}

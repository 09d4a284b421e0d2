package dev.hearth.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes an event as one line: the sentence, then its fields as `key=value`. The logger is the
/// package of the event, so that a room can be made louder or quieter on its own.
final class LogSink {

    void write(Event event) {
        Logger logger = LoggerFactory.getLogger(event.getClass().getPackageName());
        Level level = Level.valueOf(event.level().name());
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        var line = new StringBuilder(event.sentence());
        event.fields()
                .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        logger.atLevel(level).log(line.toString());
    }
}

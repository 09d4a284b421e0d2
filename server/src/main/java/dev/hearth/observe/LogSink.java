package dev.hearth.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes an event as one line: the sentence, then its fields as `key=value`. The logger is the
/// package of the event, so that a room can be made louder or quieter on its own.
final class LogSink {

    void write(Event event) {
        Logger logger = LoggerFactory.getLogger(event.getClass().getPackageName());
        Told told = event.told();
        Level level = Level.valueOf(told.level().name());
        if (!logger.isEnabledForLevel(level)) {
            return;
        }
        var line = new StringBuilder(told.sentence());
        told.fields()
                .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        logger.atLevel(level).log(line.toString());
    }
}

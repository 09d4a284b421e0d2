package dev.hearth.client.functions;

import java.time.Duration;
import java.util.Optional;

/// One event of a stream.
///
/// @param event its type; `message` where none was said
/// @param data its lines, with a line feed between them
/// @param lastEventId the last `id` of the stream up to here; empty for none
/// @param retry how long to wait before the stream is asked for again, if the stream has said so up
///   to here; nothing here does
public record ServerSentEvent(
        String event, String data, String lastEventId, Optional<Duration> retry) {}

package dev.hearth.client.realtime;

/// Where errors go that the program's [ErrorListener] does not hear: to the log, without tokens and
/// rows.
final class Unheard {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.realtime");

    private Unheard() {}

    static void warn(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    /// @param topic empty when it concerns all channels
    static void warn(String topic, String message) {
        warn(of(topic, message));
    }

    static void warn(String topic, String message, Throwable thrown) {
        LOG.log(System.Logger.Level.WARNING, of(topic, message), thrown);
    }

    private static String of(String topic, String message) {
        return topic.isEmpty() ? message : "channel " + topic + ": " + message;
    }
}

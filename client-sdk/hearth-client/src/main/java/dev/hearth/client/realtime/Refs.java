package dev.hearth.client.realtime;

/// The numbers that frames are known by, never used twice in a client. For one thread at a time.
final class Refs {

    private long last;

    String next() {
        return Long.toString(++last);
    }
}

package dev.hearth.benchmarks.receiver;

import java.util.List;

/// What the broadcasts carry.
record Note(
        long id,
        String author,
        String text,
        boolean urgent,
        int room,
        List<String> tags,
        long sent) {}

package dev.hearth.realtime.channel;

/// Upstream's name for a refusal, and upstream's words for it.
record Words(String code, String text) {}

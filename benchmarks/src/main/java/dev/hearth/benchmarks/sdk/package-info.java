/// The Java SDK beside supabase-kt with its OkHttp engine: each receives in a process of its own,
/// with the same flags and only its own jars, from senders that both share.
package dev.hearth.benchmarks.sdk;

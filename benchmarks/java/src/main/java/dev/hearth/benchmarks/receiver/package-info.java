/// A process that only receives, so that its processor time and its heap are those of one SDK. What
/// the receivers of both SDKs share stands here, with the Java SDK's own; supabase-kt's is written
/// in Kotlin, in the module beside this one.
package dev.hearth.benchmarks.receiver;

/// Tests of policies and realtime code without Docker: the real server on an empty database
/// ([dev.hearth.client.test.HearthServer]), a double that answers as it is told
/// ([dev.hearth.client.test.ScriptedServer]), a listener that waits or proves that nothing came
/// ([dev.hearth.client.test.RealtimeProbe]), and time that is moved by hand
/// ([dev.hearth.client.test.ManualTimers]).
///
/// Tests run on Java 17 or later; the server, a process of its own, needs Java 25 on the machine.
@NullMarked
package dev.hearth.client.test;

import org.jspecify.annotations.NullMarked;

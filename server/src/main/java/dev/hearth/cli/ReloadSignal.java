package dev.hearth.cli;

import java.lang.reflect.Proxy;

/// SIGUSR1 asks for the schema to be read again, as it does upstream; without anybody who heeds it,
/// it would end the process.
///
/// The classes for signals are the JDK's own (module `jdk.unsupported`) and are not there for the
/// compiler. Where a machine has no such signal, `NOTIFY pgrst` remains.
final class ReloadSignal {

    private static final String SIGNAL = "USR1";

    private ReloadSignal() {}

    /// @param reload called on a thread of its own for each signal
    static void heed(Runnable reload) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object heeding =
                    Proxy.newProxyInstance(
                            ReloadSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                reload.run();
                                return null;
                            });
            var _ =
                    signal.getMethod("handle", signal, handler)
                            .invoke(
                                    null,
                                    signal.getConstructor(String.class).newInstance(SIGNAL),
                                    heeding);
        } catch (ReflectiveOperationException _) {
            // No such signal on this machine.
        }
    }
}

package dev.hearth.realtime;

import dev.hearth.testing.RunningServer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The whole product in a process of its own, with the heap that the test gives it.
final class SmallServer {
    private SmallServer() {}

    /// @param arguments the data folder, then settings as `NAME=value`; prints address, key and a
    ///   token of the role `authenticated` with the subject `ann`
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        RunningServer server = RunningServer.start(Path.of(arguments[0]), settings);
        System.out.println(
                String.join(
                        " ",
                        "serving",
                        server.url(),
                        server.publishableKey(),
                        LiveRealtime.token(server.config(), "authenticated", "ann")));
        Thread.currentThread().join();
    }
}

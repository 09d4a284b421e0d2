package dev.hearth.client.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What runs in the server's process: the server, and a guard beside it that ends it when the tests
/// have ended.
///
/// The tests' JVM holds the other end of standard input and writes nothing. However it ends, by
/// itself or by `kill -9`, the operating system closes that end; the guard reads the end of the
/// stream, lets the server stop in order, and deletes the folder.
///
/// A server that is still starting is let come up first: only then does it know what to stop.
final class ServerProgram {

    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PARENT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final ServerFolder folder;
    private final CountDownLatch orphaned = new CountDownLatch(1);

    private ServerProgram(ServerFolder folder) {
        this.folder = folder;
    }

    /// @param arguments the folder, then the server's own arguments
    public static void main(String[] arguments)
            throws ClassNotFoundException,
                    NoSuchMethodException,
                    IllegalAccessException,
                    InvocationTargetException {
        var program = new ServerProgram(new ServerFolder(Path.of(arguments[0])));
        program.guard();
        Class.forName("dev.hearth.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private void guard() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::tidy, "tidy"));
        var guard = new Thread(this::endWithTests, "guard");
        guard.setDaemon(true);
        guard.start();
    }

    private void endWithTests() {
        readToEnd(System.in);
        orphaned.countDown();
        var unused = until(true, START_PATIENCE);
        System.exit(0);
    }

    @SuppressWarnings("EmptyCatch")
    private static void readToEnd(InputStream input) {
        try {
            while (input.read() >= 0) {
                // Nobody writes.
            }
        } catch (IOException end) {
            // The same as the end.
        }
    }

    /// Whether the state is there, or gone, within the time.
    private boolean until(boolean there, Duration patience) {
        long begun = System.nanoTime();
        while (Files.exists(folder.state()) != there) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }

    /// Runs beside the server's own hook. After a start that failed the folder stays: whoever
    /// started reads the log. After Ctrl-C, which reaches both processes, it waits for the other.
    private void tidy() {
        boolean ran = Files.exists(folder.state());
        until(false, STOP_PATIENCE);
        if (orphaned(ran ? PARENT_PATIENCE : Duration.ZERO)) {
            folder.endPostgres();
            folder.delete();
        }
    }

    private boolean orphaned(Duration patience) {
        try {
            return orphaned.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

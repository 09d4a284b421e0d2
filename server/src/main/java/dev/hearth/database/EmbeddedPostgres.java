package dev.hearth.database;

import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A PostgreSQL of our own on 127.0.0.1: unpacked, initialised, started and stopped by this
/// process. It is a real one: synced to disk, checksummed, with passwords, no Unix socket. The
/// superuser is [#SUPERUSER], its password is in [DataFolder#credentials()]; every other role is
/// made by the migrations.
///
/// A process that was killed leaves its PostgreSQL running. The next start finds it, stops it as it
/// wants to be stopped, and starts anew, so that the settings are always this start's.
///
/// One that ends while this process runs is started again once [#keepAlive] was called.
///
/// Safe for several threads.
public final class EmbeddedPostgres implements AutoCloseable {
    /// The bootstrap superuser, named as the hosted platform's.
    public static final String SUPERUSER = "supabase_admin";

    /// Address that it listens on.
    public static final String HOST = "127.0.0.1";

    /// Bytes that unpacking and initdb need, with some room to work in.
    static final long ROOM_FOR_A_NEW_DATABASE = 160L * 1024 * 1024;

    private static final Duration PORT_PATIENCE = Duration.ofSeconds(2);

    private final DataFolder folder;
    private final Cluster cluster;
    private final PostgresBinaries binaries;
    private final EmbeddedSettings settings;
    private final StartProgress progress;
    private final int port;
    private final ReentrantLock lifecycle = new ReentrantLock();

    /// Whether it is meant to run. Under the lock.
    private boolean wanted;

    private volatile @Nullable PostmasterWatch watch;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::stop);

    private EmbeddedPostgres(
            DataFolder folder,
            Cluster cluster,
            PostgresBinaries binaries,
            EmbeddedSettings settings,
            StartProgress progress)
            throws IOException {
        this.folder = folder;
        this.cluster = cluster;
        this.binaries = binaries;
        this.settings = settings;
        this.progress = progress;
        this.port = settings.port() == 0 ? freePort() : settings.port();
    }

    /// Brings PostgreSQL up in `folder`, with what the first time needs, and returns when it
    /// answers. The folder stays the caller's to close, after this.
    ///
    /// @throws Refusal when it cannot, with the case
    public static EmbeddedPostgres start(
            DataFolder folder, EmbeddedSettings settings, StartProgress progress) {
        try {
            Program.demandOrdinaryUser(folder.path());
            var cluster = new Cluster(folder.path().resolve("database"));
            if (!cluster.exists()) {
                demandRoom(folder.path());
            }
            var binaries =
                    PostgresBinaries.unpackInto(
                            settings.binaries().orElse(folder.path()), settings, progress);
            prepare(cluster, binaries, folder, settings, progress);
            var postgres = new EmbeddedPostgres(folder, cluster, binaries, settings, progress);
            postgres.restart();
            if (settings.stopsWithJvm()) {
                Runtime.getRuntime().addShutdownHook(postgres.atExit);
            }
            return postgres;
        } catch (IOException e) {
            throw DataFolder.problem(folder.path(), e);
        }
    }

    private static void demandRoom(Path path) {
        var free = DiskSpace.free(path);
        if (free < ROOM_FOR_A_NEW_DATABASE) {
            throw new Refusal(new EmbeddedProblem.DiskFull(path, free));
        }
    }

    private static void prepare(
            Cluster cluster,
            PostgresBinaries binaries,
            DataFolder folder,
            EmbeddedSettings settings,
            StartProgress progress)
            throws IOException {
        if (!cluster.exists()) {
            progress.step("initialising PostgreSQL " + binaries.version());
            cluster.create(binaries, folder, settings);
        } else if (cluster.major() != binaries.major()) {
            throw new Refusal(
                    new EmbeddedProblem.OtherMajorVersion(
                            cluster.path(), cluster.major(), binaries.major()));
        }
        var left = Postmaster.running(cluster.path());
        if (left.isPresent()) {
            progress.step(
                    "stopping the PostgreSQL (process %d) that an earlier Hearth left running"
                            .formatted(left.get().pid()));
            new PostmasterControl(cluster, binaries, folder).stop();
        }
    }

    private PostmasterControl control() {
        return new PostmasterControl(cluster, binaries, folder);
    }

    /// The port on 127.0.0.1.
    public int port() {
        return port;
    }

    /// The first number of the version, for example 18.
    public int majorVersion() {
        return binaries.major();
    }

    /// The whole version, for example `18.6`.
    public String version() {
        return binaries.version();
    }

    /// `jdbc:postgresql://127.0.0.1:PORT/database`, without a user.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /// The folder that it lives in.
    public DataFolder folder() {
        return folder;
    }

    /// The process id of the postmaster.
    ///
    /// @throws IllegalStateException when it does not run
    public long pid() {
        try {
            return Postmaster.running(cluster.path())
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"))
                    .pid();
        } catch (IOException e) {
            throw DataFolder.problem(folder.path(), e);
        }
    }

    /// Stops PostgreSQL if it runs, and starts it on the same port.
    public void restart() {
        lifecycle.lock();
        try {
            wanted = true;
            control().stop();
            demandPort();
            cluster.configure(settings);
            control().start(port, progress);
        } catch (IOException e) {
            throw DataFolder.problem(folder.path(), e);
        } finally {
            lifecycle.unlock();
        }
    }

    /// Stops PostgreSQL if it runs: connections are ended, what they had not committed is rolled
    /// back, the log is checkpointed. [#restart()] brings it back.
    public void stop() {
        lifecycle.lock();
        try {
            wanted = false;
            control().stop();
        } catch (IOException e) {
            throw DataFolder.problem(folder.path(), e);
        } finally {
            lifecycle.unlock();
        }
    }

    /// From now on a PostgreSQL that ends without [#stop()] is started again on the same port,
    /// until [#close()]. To be called once.
    ///
    /// @param observer hears of it
    public void keepAlive(Observer observer) {
        keepAlive(observer, PostmasterWatch.PAUSES);
    }

    void keepAlive(Observer observer, Pauses pauses) {
        var keeper = new PostmasterWatch(this, observer, pauses);
        watch = keeper;
        keeper.start();
    }

    /// Whether it does not run although nobody stopped it. False while somebody starts or stops it.
    boolean isMissing() {
        if (!lifecycle.tryLock()) {
            return false;
        }
        try {
            return wanted && Postmaster.running(cluster.path()).isEmpty();
        } catch (IOException e) {
            return false;
        } finally {
            lifecycle.unlock();
        }
    }

    /// Starts it if it is missing.
    ///
    /// @return whether it was
    /// @throws Refusal when it cannot be started
    boolean revive() {
        lifecycle.lock();
        try {
            if (!isMissing()) {
                return false;
            }
            restart();
            return true;
        } finally {
            lifecycle.unlock();
        }
    }

    /// Stops PostgreSQL for good; the data folder remains, and remains held.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook runs or has run; stopping twice is harmless.
        }
        var keeper = watch;
        if (keeper != null) {
            keeper.close();
        }
        stop();
    }

    /// The processes of a PostgreSQL that was killed may hold the port for a moment longer.
    private void demandPort() {
        long deadline = System.nanoTime() + PORT_PATIENCE.toNanos();
        while (!portIsFree()) {
            if (System.nanoTime() > deadline) {
                throw new Refusal(new EmbeddedProblem.PortTaken(port));
            }
            LockSupport.parkNanos(PORT_PATIENCE.toNanos() / 20);
        }
    }

    private boolean portIsFree() {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}

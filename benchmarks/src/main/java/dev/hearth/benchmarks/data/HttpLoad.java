package dev.hearth.benchmarks.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Clients that ask one after the other, each on its own kept connection.
///
/// @param port of the server
/// @param prefix of every target
/// @param headers of every request, each with its line end
record HttpLoad(int port, String prefix, String headers, boolean ofHearth) {

    /// What a run came to.
    ///
    /// @param perSecond requests
    /// @param p50 milliseconds
    /// @param p99 milliseconds
    record Figures(double perSecond, double p50, double p99, long requests) {}

    Figures run(Workload workload, int clients, Duration time) throws Exception {
        var stop = new AtomicBoolean();
        long start = System.nanoTime();
        long[] all;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> ask(workload, stop)));
            }
            Thread.sleep(time);
            stop.set(true);
            all = joined(running);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(all);
        return new Figures(all.length / seconds, at(all, 0.5), at(all, 0.99), all.length);
    }

    private static long[] joined(List<Future<long[]>> running)
            throws InterruptedException, ExecutionException {
        long[] all = new long[0];
        for (Future<long[]> each : running) {
            long[] more = each.get();
            int length = all.length;
            all = Arrays.copyOf(all, length + more.length);
            System.arraycopy(more, 0, all, length, more.length);
        }
        return all;
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)] / 1e6;
    }

    private long[] ask(Workload workload, AtomicBoolean stop) throws IOException {
        long[] times = new long[1 << 20];
        int count = 0;
        byte[] body = workload.body();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            while (!stop.get() && count < times.length) {
                byte[] request = request(workload, workload.target(ofHearth), body);
                long before = System.nanoTime();
                out.write(request);
                var _ = read(in);
                times[count++] = System.nanoTime() - before;
            }
        }
        return Arrays.copyOf(times, count);
    }

    /// The body of one answer.
    byte[] answer(Workload workload, int id) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] request = request(workload, workload.target(ofHearth, id), workload.body());
            socket.getOutputStream().write(request);
            return read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private byte[] request(Workload workload, String target, byte[] body) {
        String head =
                workload.method
                        + " "
                        + prefix
                        + target
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + headers
                        + (body.length == 0
                                ? ""
                                : "Content-Type: application/json\r\nContent-Length: "
                                        + body.length
                                        + "\r\n")
                        + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    private static byte[] read(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            chunked |= line.regionMatches(true, 0, "transfer-encoding:", 0, 18);
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException(status + " " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in), 16);
            body.write(in.readNBytes(size));
            var _ = line(in);
        } while (size > 0);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder(64);
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new IOException("the server closed the connection");
            }
            if (each != '\r') {
                line.append((char) each);
            }
        }
        return line.toString();
    }
}

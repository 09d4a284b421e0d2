package dev.hearth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.database.PrivateFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a running server wrote down for `hearth status`, in `<data>/hearth.json`, readable by its
/// owner only:
///
/// ```
/// {"pid": 4711, "started": "2026-01-01T00:00:00Z", "values": {"API_URL": "http://…", …}}
/// ```
///
/// A server that was killed leaves the file behind; process number and start time tell.
///
/// @param started when the process started
/// @param values names and values in the order of their printing
record ServerState(long pid, Instant started, Map<String, String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ServerState {
        values = new LinkedHashMap<>(values);
    }

    static ServerState ofThisProcess(Map<String, String> values) {
        var self = ProcessHandle.current();
        return new ServerState(self.pid(), startOf(self), values);
    }

    private static Path file(Path data) {
        return data.resolve("hearth.json");
    }

    void write(Path data) throws IOException {
        var json = JSON.createObjectNode().put("pid", pid).put("started", started.toString());
        var shown = json.putObject("values");
        values.forEach(shown::put);
        PrivateFiles.replace(file(data), json.toPrettyString() + "\n");
    }

    static void remove(Path data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    /// The state of the server that runs on `data`; empty when none does.
    static Optional<ServerState> read(Path data) throws IOException {
        try {
            var json = JSON.readTree(Files.readString(file(data)));
            var values = new LinkedHashMap<String, String>();
            json.path("values")
                    .properties()
                    .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
            var started = Instant.parse(json.path("started").asText("1970-01-01T00:00:00Z"));
            var state = new ServerState(json.path("pid").asLong(), started, values);
            return Optional.of(state).filter(ServerState::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IOException(file(data) + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(started))
                .isPresent();
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /// The values as one JSON object.
    String json() {
        ObjectNode shown = JSON.createObjectNode();
        values.forEach(shown::put);
        return shown.toPrettyString();
    }

    /// The values as lines of a `.env` file.
    String env() {
        var lines = new StringBuilder();
        values.forEach((name, value) -> lines.append(DotEnv.line(name, value)).append('\n'));
        return lines.toString();
    }
}

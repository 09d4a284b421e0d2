package dev.hearth.benchmarks.data;

import java.time.Duration;
import java.util.stream.Stream;

/// Processor time of processes, as the system counts it.
final class Cpu {

    private Cpu() {}

    static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// Of a process and all its descendants: of a postmaster, all of PostgreSQL.
    static Duration ofTree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Cpu::of)
                .reduce(Duration.ZERO, Duration::plus);
    }
}

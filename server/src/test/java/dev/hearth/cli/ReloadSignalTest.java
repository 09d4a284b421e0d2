package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

@DisabledOnOs(OS.WINDOWS)
class ReloadSignalTest {

    @Test
    void everySignalAsksForAReload() throws Exception {
        var asked = new Semaphore(0);
        ReloadSignal.heed(asked::release);
        for (int time = 0; time < 2; time++) {
            new ProcessBuilder("kill", "-USR1", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();

            assertThat(asked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}

package dev.hearth.rest.outcome;

import static dev.hearth.rest.outcome.Fixture.ANN;
import static dev.hearth.rest.outcome.Fixture.main;
import static dev.hearth.rest.outcome.Fixture.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

class ConnectionsTest {

    @Test
    void aCallerWhoFindsAllConnectionsInUseIsToldAfterAWhile() throws Exception {
        try (var fixture = new Fixture();
                var _ = fixture.pools.session()) {
            Problem problem = fixture.problem(read(ANN, main("select 1 as a")));
            assertThat(problem).isEqualTo(OutcomeProblem.allInUse());
            assertThat(problem.status()).isEqualTo(504);
            assertThat(problem.code()).isEqualTo("PGRST003");
        }
    }

    @Test
    void aDatabaseThatIsGoneIsToldAtOnceAndServesAgainWhenItIsBack() throws Exception {
        try (var fixture = new Fixture()) {
            fixture.body(read(ANN, main("select 1 as a")));
            fixture.tap.close();
            // The connection that broke is found out by its next user.
            assertThat(fixture.problem(read(ANN, main("select 1 as a"))).code())
                    .isEqualTo("PGRST001");
            Problem gone = fixture.problem(read(ANN, main("select 1 as a")));
            assertThat(gone.status()).isEqualTo(503);
            assertThat(gone.code()).isEqualTo("PGRST000");
            fixture.tap.reopen();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    fixture.body(read(ANN, main("select 1 as a")))
                                            .equals("[{\"a\":1}]"));
        }
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsToldAndReplaced() throws Exception {
        try (var fixture = new Fixture()) {
            var running =
                    CompletableFuture.supplyAsync(
                            () -> fixture.problem(read(ANN, main("select pg_sleep(5)"))));
            Awaitility.await()
                    .until(
                            () ->
                                    !fixture.database
                                            .ask(
                                                    "select count(*) from pg_stat_activity where"
                                                            + " wait_event = 'PgSleep'")
                                            .equals("0"));
            fixture.tap.cut();

            assertThat(running.join().code()).isEqualTo("PGRST001");
            assertThat(fixture.body(read(ANN, main("select 1 as a")))).isEqualTo("[{\"a\":1}]");
        }
    }
}

package dev.hearth.rest.outcome;

import static dev.hearth.rest.outcome.Fixture.ANN;
import static dev.hearth.rest.outcome.Fixture.bounded;
import static dev.hearth.rest.outcome.Fixture.main;
import static dev.hearth.rest.outcome.Fixture.read;
import static dev.hearth.rest.outcome.Fixture.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.exchange.Body;
import dev.hearth.exchange.Bytes;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.sql.Rendering;
import dev.hearth.testing.WireTap.Said;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

@Tag("all-postgres")
class RowStreamTest {

    private static final String ROWS =
            "select i as id, repeat('x', length) as text from generate_series(1, ?) i,"
                    + " (select ?::int as length) l";

    @AutoClose private static Fixture fixture;

    @BeforeAll
    static void open() {
        fixture = new Fixture();
    }

    @AfterEach
    void theConnectionIsFree() {
        assertThat(fixture.body(read(ANN, main("select current_user::text as u"))))
                .isEqualTo("[{\"u\":\"authenticated\"}]");
    }

    private static TestTransaction transaction(int rows, int length) {
        return read(ANN, bounded(main(ROWS, "" + rows, "" + length)))
                .rowByRow(
                        statement(
                                "select row_to_json(t)::text from (" + ROWS + ") t",
                                "" + rows,
                                "" + length));
    }

    @Test
    void whatFitsComesAsOneValueInOneRoundTrip() {
        var transaction = transaction(100, 100);
        fixture.rows(transaction);
        fixture.rows(transaction);
        fixture.tap.reset();
        var rows = fixture.rows(transaction);

        assertThat(rows.found().page()).isEqualTo(100);
        assertThat(fixture.tap.count(Said.SYNC)).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeComesRowByRowInTheSameBytes() throws IOException {
        for (int round = 0; round < 3; round++) {
            var streamed =
                    (Outcome.Streamed) fixture.transactions.run(transaction(20_000, 1000).get());
            var out = new ByteArrayOutputStream();
            streamed.body().writeTo(out);
            streamed.body().close();

            assertThat(streamed.found().page()).isEqualTo(20_000);
            assertThat(out.size()).isGreaterThan(Rendering.MAXIMUM_VALUE);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(whole(20_000, 1000));
        }
    }

    @Test
    void aFewLargeRowsComeToo() throws IOException {
        var streamed =
                (Outcome.Streamed) fixture.transactions.run(transaction(12, 3_000_000).get());
        var out = new ByteArrayOutputStream();
        streamed.body().writeTo(out);
        streamed.body().close();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(whole(12, 3_000_000));
    }

    private static String whole(int rows, int length) {
        return fixture.body(read(ANN, main(ROWS, "" + rows, "" + length)));
    }

    @Test
    void aClientWhoGoesAwayFreesTheConnection() {
        var streamed = (Outcome.Streamed) fixture.transactions.run(transaction(20_000, 1000).get());
        var broken =
                new OutputStream() {
                    private int left = 100_000;

                    @Override
                    public void write(int value) throws IOException {
                        if (--left < 0) {
                            throw new IOException("broken pipe");
                        }
                    }
                };
        assertThatThrownBy(() -> streamed.body().writeTo(broken)).hasMessage("broken pipe");
        streamed.body().close();
        streamed.body().close();
    }

    @Test
    void aBodyThatNobodyReadsFreesTheConnection() {
        ((Outcome.Streamed) fixture.transactions.run(transaction(20_000, 1000).get()))
                .body()
                .close();
    }

    @Test
    void anErrorOnTheWayCutsTheBody() {
        var failing =
                read(ANN, bounded(main(ROWS, "20000", "1000")))
                        .rowByRow(
                                statement(
                                        "select (1000 / (5000 - i))::text from generate_series(1,"
                                                + " ?::int) i",
                                        "20000"));
        var streamed = (Outcome.Streamed) fixture.transactions.run(failing.get());
        assertThatThrownBy(() -> streamed.body().writeTo(OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.problem().code()).isEqualTo("22012"));
        streamed.body().close();
    }

    @Test
    void theNextOfAKindIsNotTriedAsOneValueUntilItIsSmallAgain() throws IOException {
        Transaction large = transaction(20_000, 1000).get();
        drain(large);
        drain(large);
        fixture.tap.reset();
        ((Outcome.Streamed) fixture.transactions.run(large)).body().close();
        assertThat(fixture.tap.count(Said.SYNC)).as("one flush and a rollback").isEqualTo(2);

        Transaction small =
                new Transaction(
                        ANN,
                        Fixture.settings(),
                        new Commands(transaction(10, 10).steps()),
                        List.of(),
                        Bytes.EMPTY);
        small.commands().answered(true);
        drain(small);

        assertThat(fixture.transactions.run(small)).isInstanceOf(Outcome.Rows.class);
        assertThat(large.commands().large()).isTrue();
    }

    @Test
    void whatMustBeTrueOfTheResultMustBeTrueOfAStream() {
        Transaction checked =
                transaction(20, 1000)
                        .with(new Steps.Checks(false, OptionalLong.of(10), false))
                        .get();
        checked.commands().answered(true);

        assertThatThrownBy(() -> fixture.transactions.run(checked))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.problem().code()).isEqualTo("PGRST124"));
    }

    private static void drain(Transaction transaction) throws IOException {
        Body body = ((Outcome.Streamed) fixture.transactions.run(transaction)).body();
        body.writeTo(OutputStream.nullOutputStream());
        body.close();
    }

    @Test
    void aWriteIsNotReadRowByRow() {
        var write = Fixture.write(ANN, main("select 1")).rowByRow(main("select 1"));
        assertThatThrownBy(write::steps).isInstanceOf(IllegalArgumentException.class);
    }
}

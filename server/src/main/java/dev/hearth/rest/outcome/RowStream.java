package dev.hearth.rest.outcome;

import dev.hearth.database.CallerSession;
import dev.hearth.database.Command;
import dev.hearth.database.Reply;
import dev.hearth.exchange.Body;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.sql.Rendering;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A JSON array of rows that come by and by, in the same bytes as the database's `json_agg`. For
/// one thread.
///
/// The rows are asked for in lots that grow and shrink with the largest row so far: the driver
/// holds a lot in memory. Head and rows are of one snapshot.
final class RowStream implements Body {

    /// The most rows of a lot.
    static final int MAXIMUM_LOT = 256;

    private static final int FIRST_LOT = 32;
    private static final int LOT_BYTES = 1024 * 1024;
    private static final byte[] SEPARATOR = ", \n ".getBytes(StandardCharsets.US_ASCII);

    private final CallerSession session;
    private final CallerSession.Cursor cursor;
    private final Consumer<Boolean> tooLarge;
    private final Function<SQLException, OutcomeProblem> problem;
    private long length;
    private int largest = 1;
    private boolean written;
    private boolean closed;

    private RowStream(
            CallerSession session,
            CallerSession.Cursor cursor,
            Consumer<Boolean> tooLarge,
            Function<SQLException, OutcomeProblem> problem) {
        this.session = session;
        this.cursor = cursor;
        this.tooLarge = tooLarge;
        this.problem = problem;
    }

    /// Begins a transaction of its own and reads the first lot, so that what is refused is refused
    /// before anything was answered.
    ///
    /// @param session in no transaction; closed with the body
    /// @param opening what the transaction begins with
    static Outcome.Streamed open(
            CallerSession session,
            Transaction transaction,
            List<Command> opening,
            Function<SQLException, OutcomeProblem> problem)
            throws SQLException {
        Commands commands = transaction.commands();
        var flush = new ArrayList<>(opening);
        flush.add(commands.head(transaction));
        commands.estimate(transaction).ifPresent(flush::add);
        flush.add(commands.rows(transaction).orElseThrow());
        CallerSession.Cursor cursor = session.open(flush, FIRST_LOT);
        List<Reply> before = cursor.before();
        int place = opening.size();
        Optional<Steps.Estimate> estimate = transaction.steps().estimate();
        Optional<Reply> plan = estimate.map(_ -> before.get(place + 1));
        return new Outcome.Streamed(
                Results.found(before.get(place), plan, estimate),
                new RowStream(session, cursor, commands::answered, problem));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write('[');
        try {
            do {
                write(out, cursor.rows());
            } while (cursor.next(lot()));
        } catch (SQLException e) {
            throw new IOException(new Refusal(problem.apply(e)));
        }
        out.write(']');
        tooLarge.accept(length > Rendering.MAXIMUM_VALUE);
    }

    private void write(OutputStream out, Reply rows) throws IOException {
        for (int row = 0; row < rows.size(); row++) {
            if (written) {
                out.write(SEPARATOR);
            }
            written = true;
            byte[] value = rows.first(row).orElseThrow();
            largest = Math.max(largest, value.length);
            length += value.length;
            out.write(value);
        }
    }

    private int lot() {
        return Math.clamp(LOT_BYTES / largest, 1, MAXIMUM_LOT);
    }

    /// Ends the transaction. Between two lots the database does nothing for it: there is nothing to
    /// cancel.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            session.close();
        }
    }
}

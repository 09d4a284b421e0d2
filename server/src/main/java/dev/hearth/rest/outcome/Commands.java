package dev.hearth.rest.outcome;

import dev.hearth.database.Command;
import dev.hearth.rest.sql.Statement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The statements of a transaction as they are sent.
///
/// Each bears the role as a comment: row security makes another plan for every role, and a
/// statement that the server has prepared for one is planned anew when the next one runs it.
final class Commands {

    /// The largest body that is built as one value.
    static final int MAXIMUM_VALUE = 8 * 1024 * 1024;

    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_]{1,63}");

    private final Transaction transaction;
    private final String mark;

    Commands(Transaction transaction) {
        this.transaction = transaction;
        this.mark = mark(transaction.caller().role());
    }

    /// Roles come from tokens: one of other characters is written so that it cannot end the
    /// comment.
    static String mark(String role) {
        String name =
                PLAIN.matcher(role).matches()
                        ? role
                        : "0x" + HexFormat.of().formatHex(role.getBytes(StandardCharsets.UTF_8));
        return "/*" + name + "*/";
    }

    Optional<Command> preRequest() {
        return transaction.preRequest().map(Commands::call);
    }

    /// @param function its quoted name
    static Command call(String function) {
        return Command.of("select " + function + "()");
    }

    /// The main statement; where its rows can be read in another way it leaves out a body that is
    /// too large. `pg_column_size` looks at the length alone.
    Command main() {
        Statement main = transaction.main();
        if (transaction.rows().isEmpty()) {
            return command(main.text(), main);
        }
        return command(
                """
                select total_result_set, page_total, response_headers, response_status, \
                pg_catalog.pg_column_size(body) > %1$d as too_large, \
                case when pg_catalog.pg_column_size(body) > %1$d then null else body end as body \
                from (%2$s) answer\
                """
                        .formatted(MAXIMUM_VALUE, main.text()),
                main);
    }

    /// What the main statement says beside the body, which the planner then leaves out.
    Command head() {
        Statement main = transaction.main();
        return command(
                "select total_result_set, page_total, response_headers, response_status from ("
                        + main.text()
                        + ") answer",
                main);
    }

    Optional<Command> estimate() {
        return transaction
                .estimate()
                .map(Transaction.Estimate::statement)
                .map(statement -> command(statement.text(), statement));
    }

    Optional<Command> rows() {
        return transaction.rows().map(statement -> command(statement.text(), statement));
    }

    private Command command(String text, Statement statement) {
        ByteBuffer body = ByteBuffer.wrap(transaction.body().array());
        return new Command(
                text + mark,
                statement.parameters().stream().map(each -> value(each, body)).toList());
    }

    private static Command.Value value(Statement.Parameter parameter, ByteBuffer body) {
        return switch (parameter) {
            case Statement.Parameter.Text(String text) -> new Command.Value.Text(text);
            case Statement.Parameter.Body() -> new Command.Value.Encoded(body);
            case Statement.Parameter.BodyBytes() -> new Command.Value.Binary(body);
        };
    }
}

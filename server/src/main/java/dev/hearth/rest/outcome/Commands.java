package dev.hearth.rest.outcome;

import dev.hearth.database.Command;
import dev.hearth.rest.sql.Statement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The statements of a transaction as they are sent. Safe for any thread; made once for all
/// requests of a kind, whose texts are then the same objects.
///
/// Each bears the role as a comment: row security makes another plan for every role, and a
/// statement that the server has prepared for one is planned anew when the next one runs it.
public final class Commands {

    /// The most roles whose texts are kept.
    private static final int MOST_ROLES = 1_000;

    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_]{1,63}");

    private final Steps steps;
    private final Optional<Command> preRequest;
    private final Map<String, Texts> byRole = new ConcurrentHashMap<>();
    private volatile boolean large;

    /// The texts for one role.
    ///
    /// @param head what the main statement says beside the body, which the planner then leaves out
    private record Texts(
            String main, String head, Optional<String> estimate, Optional<String> rows) {

        static Texts of(Steps steps, String role) {
            String mark = mark(role);
            String main = steps.main().text();
            return new Texts(
                    main + mark,
                    "select total_result_set, page_total, response_headers, response_status from ("
                            + main
                            + ") answer"
                            + mark,
                    steps.estimate().map(estimate -> estimate.statement().text() + mark),
                    steps.rows().map(rows -> rows.text() + mark));
        }
    }

    /// @param steps what is sent
    public Commands(Steps steps) {
        this.steps = steps;
        this.preRequest = steps.preRequest().map(Commands::call);
    }

    /// What they do.
    public Steps steps() {
        return steps;
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

    /// @param function its quoted name
    static Command call(String function) {
        return Command.of("select " + function + "()");
    }

    /// Whether the last answer to a request of this kind was too large for one value: the next one
    /// is not tried as such.
    boolean large() {
        return large;
    }

    void answered(boolean tooLarge) {
        large = tooLarge;
    }

    Optional<Command> preRequest() {
        return preRequest;
    }

    Command main(Transaction transaction) {
        return command(texts(transaction).main(), steps.main(), transaction);
    }

    Command head(Transaction transaction) {
        return command(texts(transaction).head(), steps.main(), transaction);
    }

    Optional<Command> estimate(Transaction transaction) {
        return texts(transaction)
                .estimate()
                .map(
                        text ->
                                command(
                                        text,
                                        steps.estimate().orElseThrow().statement(),
                                        transaction));
    }

    Optional<Command> rows(Transaction transaction) {
        return texts(transaction)
                .rows()
                .map(text -> command(text, steps.rows().orElseThrow(), transaction));
    }

    private Texts texts(Transaction transaction) {
        String role = transaction.caller().role();
        Texts known = byRole.get(role);
        if (known != null) {
            return known;
        }
        var texts = Texts.of(steps, role);
        if (byRole.size() < MOST_ROLES) {
            byRole.put(role, texts);
        }
        return texts;
    }

    private static Command command(String text, Statement statement, Transaction transaction) {
        List<Statement.Parameter> parameters = statement.parameters();
        var values = new ArrayList<Command.Value>(parameters.size());
        for (Statement.Parameter parameter : parameters) {
            values.add(value(parameter, transaction));
        }
        return new Command(text, values);
    }

    private static Command.Value value(Statement.Parameter parameter, Transaction transaction) {
        return switch (parameter) {
            case Statement.Parameter.Text(String text) -> new Command.Value.Text(text);
            case Statement.Parameter.Place(int place) ->
                    new Command.Value.Text(transaction.values().get(place));
            case Statement.Parameter.Body() ->
                    new Command.Value.Encoded(ByteBuffer.wrap(transaction.body().array()));
            case Statement.Parameter.BodyBytes() ->
                    new Command.Value.Binary(ByteBuffer.wrap(transaction.body().array()));
        };
    }
}

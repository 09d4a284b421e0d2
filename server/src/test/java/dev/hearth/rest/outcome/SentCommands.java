package dev.hearth.rest.outcome;

import dev.hearth.database.Command;
import dev.hearth.database.RequestSettings;
import dev.hearth.exchange.Bytes;
import dev.hearth.token.Caller;

import java.util.ArrayList;
import java.util.List;

/// What would be sent to the database, for tests of how it is made.
public final class SentCommands {

    private SentCommands() {}

    /// Everything that carries a request out, with its values.
    public static List<Command> of(Commands commands, List<String> values, Bytes body) {
        var transaction =
                new Transaction(
                        Caller.ofRole("anon"), RequestSettings.NONE, commands, values, body);
        var sent = new ArrayList<Command>();
        sent.add(commands.main(transaction));
        commands.estimate(transaction).ifPresent(sent::add);
        commands.rows(transaction).ifPresent(sent::add);
        return sent;
    }
}

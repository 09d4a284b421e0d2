package dev.hearth.rest.outcome;

import dev.hearth.database.RequestSettings;
import dev.hearth.exchange.Bytes;
import dev.hearth.token.Caller;

import java.util.List;

/// What is to be done in one transaction, and as whom.
///
/// @param settings search path, `request.*`, time zone, settings of a function and of the project,
///   in the order in which they are set
/// @param commands the statements
/// @param values what their places for values of the request hold
/// @param body what their places for the body hold
public record Transaction(
        Caller caller,
        RequestSettings settings,
        Commands commands,
        List<String> values,
        Bytes body) {

    /// Without the values, which are personal data.
    @Override
    public String toString() {
        return "Transaction[" + caller.role() + "]";
    }

    /// Whether it may not write.
    public boolean readOnly() {
        return steps().mode().readOnly();
    }

    Steps steps() {
        return commands.steps();
    }
}

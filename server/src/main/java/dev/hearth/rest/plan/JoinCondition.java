package dev.hearth.rest.plan;

/// Two columns that must be equal.
public record JoinCondition(Side left, Side right) {

    /// A column of one of the two.
    public record Side(Qualifier qualifier, String column) {}
}

package dev.hearth.replication;

/// What a table writes to the log of its old rows (`pg_class.relreplident`).
public enum ReplicaIdentity {
    /// The primary key, where there is one.
    DEFAULT,
    NOTHING,
    FULL,
    /// The columns of a named unique index.
    INDEX
}

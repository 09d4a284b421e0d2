package dev.hearth.client.database;

/// An update or a delete: of the rows that the filters leave. For one thread.
///
/// ```java
/// client.from("tasks").update(Map.of("status", "done")).eq("id", id).execute();
/// List<Task> gone = client.from("tasks").delete().lt("due", limit).select().execute(Task.class);
/// ```
///
/// Without a filter every terminal throws an [IllegalStateException], unless [#all] was said.
public final class MutationBuilder extends FilterBuilder<MutationBuilder> implements WriteBuilder {

    MutationBuilder(Query query) {
        super(query);
    }

    @Override
    MutationBuilder self() {
        return this;
    }

    @Override
    MutationBuilder with(Query other) {
        return new MutationBuilder(other);
    }

    /// Every row of the table is meant. Servers with `safeupdate`, as Supabase's and ours are, ask
    /// for a filter all the same, such as `not("id", "is", null)`.
    public MutationBuilder all() {
        query.everyRow();
        return this;
    }

    /// Changes nothing, and fails, when more rows than that would be changed.
    ///
    /// @param rows 1 or more
    public MutationBuilder maxAffected(int rows) {
        Maximum.affected(rows, query);
        return this;
    }
}

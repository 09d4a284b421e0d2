package dev.hearth.client.database;

/// An insert or an upsert. For one thread.
///
/// ```java
/// client.from("tasks").insert(Map.of("title", "wash")).execute();
/// Task saved = client.from("tasks").insert(new Task("wash")).select().single().execute(Task.class);
/// ```
///
/// Without `select()` nothing comes back, and the caller needs no right to read the row.
public final class InsertBuilder extends RequestBuilder<InsertBuilder> implements WriteBuilder {

    InsertBuilder(Query query) {
        super(query);
    }

    @Override
    InsertBuilder self() {
        return this;
    }

    @Override
    InsertBuilder with(Query other) {
        return new InsertBuilder(other);
    }
}

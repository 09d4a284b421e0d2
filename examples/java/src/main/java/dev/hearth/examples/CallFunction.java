package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.RpcOptions;

import java.util.List;
import java.util.Map;

/// Functions of the database: one that gives a value, and one that gives rows.
public final class CallFunction {

    record Book(String title, int published) {}

    private CallFunction() {}

    public static void main(String[] args) {
        try (SupabaseClient client = Hearth.connect()) {
            int oldest = client.rpc("oldest_year").execute(Integer.class);
            System.out.println("the oldest is of " + oldest);

            List<Book> books =
                    client.rpc(
                                    "books_between",
                                    Map.of("first", 1870, "last", 1880),
                                    RpcOptions.get())
                            .select("title, published")
                            .order("published")
                            .executeList(Book.class);
            books.forEach(book -> System.out.println(book.published() + " " + book.title()));
        }
    }
}

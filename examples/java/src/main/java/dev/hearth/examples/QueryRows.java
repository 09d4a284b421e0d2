package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.Order;

import java.util.List;
import java.util.Optional;

/// Rows that are asked for: by filters, with those of another table inside, counted, and one alone.
public final class QueryRows {

    /// A book and, where the query asks for it, who wrote it.
    record Book(long id, String title, int published, Author author) {}

    record Author(String name) {}

    private QueryRows() {}

    public static void main(String[] args) {
        try (SupabaseClient client = Hearth.connect()) {
            List<Book> late =
                    client.from("books")
                            .select("id, title, published")
                            .gte("published", 1850)
                            .ilike("title", "the %")
                            .order("published", Order.desc())
                            .limit(10)
                            .execute(Book.class);
            late.forEach(book -> System.out.println(book.published() + " " + book.title()));

            List<Book> embedded =
                    client.from("books")
                            .select("id, title, published, author:authors!inner(name)")
                            .eq("author.name", "Jules Verne")
                            .or(any -> any.lt("published", 1873).is("published", null))
                            .order("id")
                            .execute(Book.class);
            embedded.forEach(
                    book -> System.out.println(book.title() + " by " + book.author().name()));

            long all = client.from("books").select().executeCount();
            System.out.println(all + " books");

            Book one = client.from("books").select().eq("id", 1).single().execute(Book.class);
            System.out.println("number 1 is " + one.title());

            Optional<Book> none =
                    client.from("books").select().eq("id", 99).maybeSingle().execute(Book.class);
            System.out.println("there is a number 99: " + none.isPresent());
        }
    }
}

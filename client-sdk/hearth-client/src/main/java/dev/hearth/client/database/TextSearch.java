package dev.hearth.client.database;

/// How the words of a full text search are understood. Immutable.
///
/// ```java
/// client.from("books").select().textSearch("title", "little & prince", TextSearch.raw().config("english"));
/// client.from("books").select().textSearch("title", "\"little prince\" -fox", TextSearch.websearch());
/// ```
public final class TextSearch {

    private final String kind;
    private final String config;

    private TextSearch(String kind, String config) {
        this.kind = kind;
        this.config = config;
    }

    /// In the language of `to_tsquery`, with `&`, `|` and `!`; the default.
    public static TextSearch raw() {
        return new TextSearch("fts", "");
    }

    /// As words that must all be there (`plainto_tsquery`).
    public static TextSearch plain() {
        return new TextSearch("plfts", "");
    }

    /// As words in that order (`phraseto_tsquery`).
    public static TextSearch phrase() {
        return new TextSearch("phfts", "");
    }

    /// As people write in search engines (`websearch_to_tsquery`).
    public static TextSearch websearch() {
        return new TextSearch("wfts", "");
    }

    /// With a text search configuration of the database, such as `english`.
    public TextSearch config(String name) {
        return new TextSearch(kind, "(" + name + ")");
    }

    String operator() {
        return kind + config;
    }
}

package dev.hearth.rest.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.Column;
import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Relation;
import dev.hearth.rest.catalog.Relationship;
import dev.hearth.rest.catalog.Relationship.Cardinality;
import dev.hearth.rest.catalog.Relationship.ForeignKey;
import dev.hearth.rest.catalog.Relationship.Pair;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.request.Payload;
import dev.hearth.rest.request.RequestRules;
import dev.hearth.rest.request.RestRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A library as a catalog: authors write books, books have one passport each, readers borrow them,
/// chapters refer to the chapter before them.
public final class Library {

    /// Everything is allowed.
    public static final PlanRules RULES = new PlanRules(OptionalLong.empty(), true, false, true);

    private static final QualifiedName AUTHORS = name("authors");
    private static final QualifiedName BOOKS = name("books");
    private static final QualifiedName PASSPORTS = name("passports");
    private static final QualifiedName READERS = name("readers");
    private static final QualifiedName LOANS = name("loans");
    private static final QualifiedName CHAPTERS = name("chapters");
    private static final QualifiedName LOG = name("log");

    /// The library.
    public static final Catalog CATALOG =
            new Catalog(
                    Map.of(
                            AUTHORS, relation(AUTHORS, "id integer", "name text"),
                            BOOKS,
                                    relation(
                                            BOOKS,
                                            "id integer",
                                            "title text",
                                            "author_id integer",
                                            "editor_id integer",
                                            "data jsonb",
                                            "words tsvector",
                                            "price money_of_ours"),
                            PASSPORTS, relation(PASSPORTS, "book_id integer", "isbn text"),
                            READERS, relation(READERS, "id integer", "name text"),
                            LOANS, relation(LOANS, "book_id integer", "reader_id integer"),
                            CHAPTERS, relation(CHAPTERS, "id integer", "before_id integer"),
                            LOG, relation(LOG, false, "line text")),
                    relationships(),
                    routines(),
                    Map.of(
                            new Catalog.Cast("money_of_ours", "json"), "ours.money_json",
                            new Catalog.Cast("text", "money_of_ours"), "ours.text_money",
                            new Catalog.Cast("json", "money_of_ours"), "ours.json_money"),
                    List.of(
                            new MediaHandler(name("book_list"), Optional.of(BOOKS), "text/html"),
                            new MediaHandler(name("as_xml"), Optional.empty(), "text/xml")),
                    Set.of("UTC"));

    private Library() {}

    static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    static RestRequest request(String method, String path, String query, String... headers) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            fields.put(parts[0], List.of(parts[1]));
        }
        return RestRequest.of(
                new RequestLine(method, path, "", query),
                new Headers(fields),
                new RequestRules(List.of("public"), true, Optional.empty()));
    }

    static Plan plan(String method, String path, String query, String body, String... headers) {
        return plan(RULES, method, path, query, body, headers);
    }

    static Plan plan(
            PlanRules rules,
            String method,
            String path,
            String query,
            String body,
            String... headers) {
        RestRequest request = request(method, path, query, headers);
        Payload payload = Payload.of(request, new Bytes(body.getBytes(StandardCharsets.UTF_8)));
        return new Planner(CATALOG, rules).plan(request, payload);
    }

    private static Map<QualifiedName, List<Relationship>> relationships() {
        var toBooks = manyToMany(READERS, BOOKS, "reader_id", "book_id");
        return Stream.of(
                        key(
                                BOOKS,
                                AUTHORS,
                                Cardinality.MANY_TO_ONE,
                                "books_author_fk",
                                "author_id"),
                        key(
                                BOOKS,
                                AUTHORS,
                                Cardinality.MANY_TO_ONE,
                                "books_editor_fk",
                                "editor_id"),
                        back(
                                AUTHORS,
                                BOOKS,
                                Cardinality.ONE_TO_MANY,
                                "books_author_fk",
                                "author_id"),
                        back(
                                AUTHORS,
                                BOOKS,
                                Cardinality.ONE_TO_MANY,
                                "books_editor_fk",
                                "editor_id"),
                        back(BOOKS, PASSPORTS, Cardinality.ONE_TO_ONE, "passports_fk", "book_id"),
                        key(PASSPORTS, BOOKS, Cardinality.ONE_TO_ONE, "passports_fk", "book_id"),
                        back(BOOKS, LOANS, Cardinality.ONE_TO_MANY, "loans_book_fk", "book_id"),
                        key(LOANS, BOOKS, Cardinality.MANY_TO_ONE, "loans_book_fk", "book_id"),
                        back(
                                READERS,
                                LOANS,
                                Cardinality.ONE_TO_MANY,
                                "loans_reader_fk",
                                "reader_id"),
                        key(
                                LOANS,
                                READERS,
                                Cardinality.MANY_TO_ONE,
                                "loans_reader_fk",
                                "reader_id"),
                        toBooks,
                        manyToMany(BOOKS, READERS, "book_id", "reader_id"),
                        key(CHAPTERS, CHAPTERS, Cardinality.MANY_TO_ONE, "before_fk", "before_id"),
                        back(CHAPTERS, CHAPTERS, Cardinality.ONE_TO_MANY, "before_fk", "before_id"),
                        new Relationship.Computed(name("first_book"), AUTHORS, BOOKS, true),
                        new Relationship.Computed(name("fans"), AUTHORS, READERS, false))
                .collect(Collectors.groupingBy(Relationship::origin));
    }

    private static Relationship key(
            QualifiedName from, QualifiedName to, Cardinality many, String constraint, String by) {
        return new ForeignKey(
                from, to, many, constraint, List.of(new Pair(by, "id")), false, false, false);
    }

    private static Relationship back(
            QualifiedName from, QualifiedName to, Cardinality many, String constraint, String by) {
        return new ForeignKey(
                from, to, many, constraint, List.of(new Pair("id", by)), false, false, true);
    }

    private static Relationship manyToMany(
            QualifiedName from, QualifiedName to, String fromColumn, String toColumn) {
        return new Relationship.ManyToMany(
                from,
                to,
                LOANS,
                "loans_%s".formatted(fromColumn),
                "loans_%s".formatted(toColumn),
                List.of(new Pair("id", fromColumn)),
                List.of(new Pair("id", toColumn)));
    }

    private static Map<QualifiedName, List<Routine>> routines() {
        return Stream.of(
                        routine("add", "integer", false, false, "a integer", "b integer"),
                        routine("greet", "text", false, false, "name text", "times integer?"),
                        routine("twice", "text", false, false, "x integer"),
                        routine("twice", "text", false, false, "x text"),
                        routine("all_books", "books", true, true),
                        routine("import", "text", false, false, " json"),
                        routine("import_text", "text", false, false, " text"),
                        routine("gather", "integer", false, false, "v integer[]..."))
                .collect(Collectors.groupingBy(Routine::name));
    }

    private static Routine routine(
            String name, String type, boolean set, boolean composite, String... parameters) {
        return new Routine(
                name(name),
                Optional.empty(),
                Arrays.stream(parameters).map(Library::parameter).toList(),
                new Routine.Returned(
                        composite ? name(type) : new QualifiedName("pg_catalog", type),
                        set,
                        composite,
                        false),
                Routine.Volatility.STABLE,
                Map.of(),
                Optional.empty());
    }

    private static Parameter parameter(String text) {
        String type = text.substring(text.indexOf(' ') + 1);
        boolean optional = type.endsWith("?");
        boolean variadic = type.endsWith("...");
        String bare = type.replace("?", "").replace("...", "");
        return new Parameter(text.substring(0, text.indexOf(' ')), bare, bare, !optional, variadic);
    }

    private static Relation relation(QualifiedName name, String... columns) {
        return relation(name, true, columns);
    }

    private static Relation relation(QualifiedName name, boolean keyed, String... columns) {
        var byName = new LinkedHashMap<String, Column>();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            byName.put(
                    parts[0],
                    new Column(
                            parts[0],
                            Optional.empty(),
                            true,
                            parts[1].equals("money_of_ours") ? "numeric" : parts[1],
                            parts[1],
                            OptionalInt.empty(),
                            Optional.empty(),
                            List.of()));
        }
        return new Relation(
                name,
                Optional.empty(),
                false,
                true,
                true,
                true,
                keyed ? List.of(columns[0].split(" ", 2)[0]) : List.of(),
                byName);
    }

    static Plan.Read read(String relation, String query, String... headers) {
        return (Plan.Read) plan("GET", "/" + relation, query, "", headers);
    }

    static Mutation write(String method, String query, String body, String... headers) {
        return ((Plan.Write) plan(method, "/books", query, body, headers)).mutation();
    }

    static Plan.Call call(String method, String target, String query, String body) {
        return (Plan.Call) plan(method, "/rpc/" + target, query, body);
    }

    static Problem refusal(String relation, String query, String... headers) {
        return refusal(() -> read(relation, query, headers));
    }

    /// What planning is refused with.
    static Problem refusal(Runnable planning) {
        var refusals = new ArrayList<Problem>();
        assertThatThrownBy(planning::run)
                .isInstanceOfSatisfying(Refusal.class, refusal -> refusals.add(refusal.problem()));
        return refusals.getFirst();
    }
}

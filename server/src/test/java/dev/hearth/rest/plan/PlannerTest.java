package dev.hearth.rest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.JoinCondition.Side;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class PlannerTest {

    private static Plan.Read read(String relation, String query, String... headers) {
        return (Plan.Read) Library.plan("GET", "/" + relation, query, "", headers);
    }

    private static Mutation write(String method, String query, String body, String... headers) {
        return ((Plan.Write) Library.plan(method, "/books", query, body, headers)).mutation();
    }

    private static Plan.Call call(String method, String target, String query, String body) {
        return (Plan.Call) Library.plan(method, "/rpc/" + target, query, body);
    }

    private static Problem refusal(String relation, String query, String... headers) {
        return refusal(() -> read(relation, query, headers));
    }

    private static Problem refusal(Runnable planning) {
        var refusals = new ArrayList<Problem>();
        assertThatThrownBy(planning::run)
                .isInstanceOfSatisfying(Refusal.class, refusal -> refusals.add(refusal.problem()));
        return refusals.getFirst();
    }

    private static Embedding embedding(String relation, String query) {
        return read(relation, query).rows().embeddings().getFirst();
    }

    private static List<String> names(ReadNode rows) {
        return rows.fields().stream()
                .map(field -> field.alias().orElse(field.reference().name()))
                .toList();
    }

    @Test
    void readsARelationAsItIs() {
        assertThat(read("authors", "").rows())
                .isEqualTo(
                        new ReadNode(
                                new Source.Table(Library.name("authors"), Optional.empty()),
                                List.of(SelectedField.of(Reference.ALL)),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Window.ALL));
    }

    @Test
    void refusesARelationThatIsNotThere() {
        Problem problem = refusal("nowhere", "");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("PGRST205");
        assertThat(problem.message())
                .isEqualTo("Could not find the table 'public.nowhere' in the schema cache");
    }

    @ParameterizedTest
    @CsvSource({
        "books,    authors!books_author_fk, author_id",
        "books,    authors!author_id,       author_id",
        "books,    author_id,               author_id",
        "books,    books_editor_fk,         editor_id",
        "chapters, before_id,               before_id",
        "loans,    readers,                 reader_id",
    })
    void findsTheOneByRelationConstraintOrColumn(String origin, String embed, String column) {
        Embedding found = embedding(origin, "select=" + embed + "(*)");
        assertThat(((Nested) found).toOne()).isTrue();
        assertThat(found.rows().joins().getFirst().right().column()).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource({
        "authors,  books!author_id,     author_id",
        "authors,  books!books_editor_fk, editor_id",
        "chapters, chapters,            before_id",
        "chapters, chapters!before_id,  before_id",
        "readers,  loans,               reader_id",
    })
    void findsTheManyByRelationAndHint(String origin, String embed, String column) {
        Embedding found = embedding(origin, "select=" + embed + "(*)");
        assertThat(((Nested) found).toOne()).isFalse();
        assertThat(found.rows().joins().getFirst().left().column()).isEqualTo(column);
    }

    @Test
    void joinsUnderAliasesThatDependOnTheDepth() {
        assertThat(embedding("books", "select=by:author_id(name)"))
                .isEqualTo(
                        new Nested(
                                "by",
                                "books_by_1",
                                true,
                                false,
                                false,
                                new ReadNode(
                                        new Source.Table(
                                                Library.name("authors"), Optional.of("authors_1")),
                                        List.of(SelectedField.of(Reference.of("name"))),
                                        List.of(),
                                        List.of(),
                                        List.of(
                                                new JoinCondition(
                                                        new Side(
                                                                Qualifier.alias("authors_1"), "id"),
                                                        new Side(
                                                                Qualifier.of(Library.name("books")),
                                                                "author_id"))),
                                        List.of(),
                                        Window.ALL)));
    }

    @Test
    void goesThroughAJunction() {
        Embedding found = embedding("readers", "select=books(title)");
        assertThat(found.rows().source())
                .isEqualTo(new Source.BehindJunction(Library.name("books"), Library.name("loans")));
        assertThat(found.rows().joins()).hasSize(2);
    }

    @Test
    void findsAComputedRelationshipByItsFunction() {
        assertThat(embedding("authors", "select=first_book(title)").rows().source())
                .isEqualTo(
                        new Source.RowFunction(
                                Library.name("first_book"),
                                Qualifier.of(Library.name("authors")),
                                Library.name("authors"),
                                "books_1"));
    }

    @Test
    void refusesSeveralWaysAndNamesThem() {
        Problem problem = refusal("books", "select=authors(*)");
        assertThat(problem.status()).isEqualTo(300);
        assertThat(problem.code()).isEqualTo("PGRST201");
        assertThat(problem.hint())
                .contains(
                        "Try changing 'authors' to one of the following:"
                                + " 'authors!books_author_fk', 'authors!books_editor_fk'. Find the"
                                + " desired relationship in the 'details' key.");
    }

    @Test
    void refusesAWayThatIsNotThere() {
        Problem problem = refusal("books", "select=log!by(*)");
        assertThat(problem.code()).isEqualTo("PGRST200");
        assertThat(problem.details())
                .contains(
                        "Searched for a foreign key relationship between 'books' and 'log' using"
                                + " the hint 'by' in the schema 'public', but no matches were"
                                + " found.");
    }

    @Test
    void putsParametersAtTheLevelThatTheyName() {
        var rows =
                read(
                                "authors",
                                "select=books!author_id(loans(*))&books.loans.limit=2&books.title"
                                        + "=eq.x&name=eq.y&books.order=id")
                        .rows();
        ReadNode books = rows.embeddings().getFirst().rows();
        assertThat(rows.where()).hasSize(1);
        assertThat(books.where()).hasSize(1);
        assertThat(books.order()).hasSize(1);
        assertThat(books.embeddings().getFirst().rows().window())
                .isEqualTo(new Window(0, OptionalLong.of(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"books.id=eq.1", "books.order=id", "books.limit=1", "books.or=(id.eq.1)"})
    void refusesParametersOfALevelThatIsNotSelected(String parameter) {
        Problem problem = refusal("authors", "select=name&" + parameter);
        assertThat(problem.code()).isEqualTo("PGRST108");
        assertThat(problem.message())
                .isEqualTo("'books' is not an embedded resource in this request");
    }

    @Test
    void asksForWhatIsEmbeddedByANullTestOnItsName() {
        var rows = read("loans", "select=*,who:readers(*)&who=not.is.null&or=(who.is.null)").rows();
        assertThat(rows.where()).contains(new Predicate.Embedded("loans_who_1", true));
        assertThat(((Predicate.Group) rows.where().getLast()).terms())
                .containsExactly(new Predicate.Embedded("loans_who_1", false));
    }

    @Test
    void ordersByAnEmbeddedOne() {
        Ordering order =
                read("loans", "select=*,readers(*)&order=readers(name).desc")
                        .rows()
                        .order()
                        .getFirst();
        assertThat(order.field()).isEqualTo(Reference.of("name").qualified("loans_readers_1"));
    }

    @Test
    void doesNotOrderByEmbeddedMany() {
        Problem problem = refusal("readers", "select=*,loans(*)&order=loans(book_id)");
        assertThat(problem.code()).isEqualTo("PGRST118");
        assertThat(problem.details())
                .contains(
                        "'readers' and 'loans' do not form a many-to-one or one-to-one"
                                + " relationship");
    }

    @Test
    void namesAPathByItsLastKey() {
        assertThat(names(read("books", "select=data->a->>0,data->2,data->b->>c").rows()))
                .containsExactly("a", "data", "c");
    }

    @Test
    void turnsOnlyWhatIsNoJsonIntoJson() {
        var fields = read("books", "select=data->a,title->a,unknown->a").rows().fields();
        assertThat(fields)
                .extracting(field -> field.reference().toJson())
                .containsExactly(false, true, true);
    }

    @Test
    void searchesTextInAVectorOfItsOwn() {
        var where = read("books", "title=fts(english).cat&words=fts.cat").rows().where();
        assertThat(where)
                .extracting(each -> ((Predicate.Comparison) each).field().searchVector())
                .containsExactly(
                        Optional.of(new Reference.SearchVector(Optional.of("english"))),
                        Optional.empty());
    }

    @Test
    void showsAndComparesADomainByItsRepresentations() {
        var rows = read("books", "select=price&price=eq.CHF%201").rows();
        assertThat(rows.fields().getFirst().reference().representation())
                .contains("ours.money_json");
        assertThat(((Predicate.Comparison) rows.where().getFirst()).field().representation())
                .contains("ours.text_money");
    }

    @Test
    void namesEveryColumnWhereOneHasARepresentation() {
        assertThat(names(read("books", "").rows()))
                .containsExactly("id", "title", "author_id", "editor_id", "data", "words", "price");
    }

    @Test
    void namesEveryColumnWhereItGroups() {
        assertThat(names(read("authors", "select=*,id.count()").rows()))
                .containsExactly("id", "name", "id");
    }

    @Test
    void liftsTheFieldsOfASpread() {
        Spread spread = (Spread) embedding("loans", "select=...readers(who:name,id)");
        assertThat(spread.toOne()).isTrue();
        assertThat(spread.fields()).extracting(SpreadField::name).containsExactly("who", "id");
    }

    @Test
    void hoistsAnAggregateOutOfSpreads() {
        Spread spread = (Spread) embedding("loans", "select=...readers(id.max(),name)");
        assertThat(spread.fields())
                .containsExactly(
                        new SpreadField(
                                "max",
                                Optional.of(Aggregate.MAX),
                                Optional.empty(),
                                Optional.of("max")),
                        new SpreadField(
                                "name", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(spread.rows().fields())
                .extracting(SelectedField::aggregate)
                .containsOnly(Optional.empty());
    }

    @Test
    void countsSpreadRowsAsRows() {
        Spread spread = (Spread) embedding("loans", "select=...readers(count())");
        assertThat(spread.rows().fields().getFirst().reference().wholeRow()).isTrue();
    }

    @Test
    void refusesAggregatesOfSpreadMany() {
        assertThat(refusal("readers", "select=...loans(book_id.sum())").code())
                .isEqualTo("PGRST127");
    }

    @Test
    void refusesAggregatesWhereTheyAreOff() {
        var rules = new PlanRules(OptionalLong.empty(), false, false, true);
        assertThat(refusal(() -> Library.plan(rules, "GET", "/books", "select=count()", "")).code())
                .isEqualTo("PGRST123");
    }

    @Test
    void ordersTheArraysOfASpread() {
        Spread spread =
                (Spread) embedding("readers", "select=...loans(book_id)&loans.order=book_id.desc");
        assertThat(spread.toOne()).isFalse();
        assertThat(spread.rows().order()).isEmpty();
        assertThat(names(spread.rows())).containsExactly("book_id", "readers_loans_1_book_id_1");
        assertThat(spread.order().getFirst().field())
                .isEqualTo(Reference.of("readers_loans_1_book_id_1").qualified("readers_loans_1"));
    }

    @Test
    void hidesAnEmbedOfNothing() {
        assertThat(((Nested) embedding("loans", "select=book_id,readers!inner()")).hidden())
                .isTrue();
    }

    @Test
    void capsEveryLevel() {
        var rules = new PlanRules(OptionalLong.of(10), true, false, true);
        var rows =
                ((Plan.Read)
                                Library.plan(
                                        rules, "GET", "/readers", "select=*,loans(*)&limit=20", ""))
                        .rows();
        assertThat(rows.window().limit()).hasValue(10);
        assertThat(rows.embeddings().getFirst().rows().window().limit()).hasValue(10);
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, application/json",
        "application/json, application/json",
        "'text/unknown, text/csv', text/csv",
        "application/vnd.pgrst.array+json, application/json",
        "'application/json;q=0.5, text/csv', text/csv",
    })
    void takesTheFirstMediaTypeThatSomethingMakes(String accepted, String made) {
        assertThat(read("authors", "", "Accept: " + accepted).format().mediaType().text())
                .isEqualTo(made);
    }

    @Test
    void usesAHandlerOfTheRelationForWholeRowsOnly() {
        assertThat(
                        new Negotiation(Library.CATALOG, false)
                                .format(
                                        List.of(new MediaType.Other("text/html")),
                                        Optional.of(Library.name("books")),
                                        read("authors", "").rows())
                                .body())
                .isInstanceOf(Body.Custom.class);
        assertThat(refusal("books", "select=id", "Accept: text/html").code()).isEqualTo("PGRST107");
    }

    @Test
    void usesAHandlerOfAnyRows() {
        assertThat(read("authors", "select=id", "Accept: text/xml").format().body())
                .isInstanceOf(Body.Custom.class);
    }

    @Test
    void refusesMediaTypesThatNothingMakes() {
        Problem problem = refusal("authors", "", "Accept: image/png, text/plain");
        assertThat(problem.status()).isEqualTo(406);
        assertThat(problem.message())
                .isEqualTo("None of these media types are available: image/png, text/plain");
    }

    @Test
    void explainsOnlyWhereThatIsAllowed() {
        String plan = "Accept: application/vnd.pgrst.plan+json";
        var rules = new PlanRules(OptionalLong.empty(), true, true, true);
        assertThat(refusal("authors", "", plan).code()).isEqualTo("PGRST107");
        assertThat(
                        ((Plan.Read) Library.plan(rules, "GET", "/authors", "", "", plan))
                                .format()
                                .mediaType())
                .isInstanceOf(MediaType.Plan.class);
    }

    @Test
    void refusesUnknownPreferencesUnderStrictHandling() {
        Problem problem = refusal("authors", "", "Prefer: handling=strict, anything, more=1");
        assertThat(problem.code()).isEqualTo("PGRST122");
        assertThat(problem.details()).contains("Invalid preferences: anything, more=1");
    }

    @Test
    void insertsTheColumnsOfTheBody() {
        Mutation.Insert insert =
                (Mutation.Insert) write("POST", "", "{\"title\":\"x\",\"price\":\"CHF 1\"}");
        assertThat(insert.columns())
                .containsExactly(
                        new Mutation.BodyColumn(
                                "price", "json", Optional.of("ours.json_money"), Optional.empty()),
                        new Mutation.BodyColumn(
                                "title", "text", Optional.empty(), Optional.empty()));
        assertThat(insert.returning()).isEmpty();
        assertThat(insert.conflict()).isEmpty();
    }

    @Test
    void refusesAColumnThatIsNotThere() {
        Problem problem = refusal(() -> write("POST", "", "{\"titel\":\"x\"}"));
        assertThat(problem.code()).isEqualTo("PGRST204");
        assertThat(problem.message())
                .isEqualTo("Could not find the 'titel' column of 'books' in the schema cache");
    }

    @Test
    void returnsWhatTheAnswerItsEmbedsAndTheAddressNeed() {
        Mutation insert =
                write(
                        "POST",
                        "select=title,author_id(name)",
                        "{}",
                        "Prefer: return=representation");
        assertThat(insert.returning()).containsExactly("author_id", "id", "title");
    }

    @Test
    void upsertsByTheKeyUnlessToldOtherwise() {
        String merge = "Prefer: resolution=merge-duplicates";
        assertThat(((Mutation.Insert) write("POST", "", "{\"id\":1}", merge)).conflict())
                .contains(new Mutation.Conflict(true, List.of("id")));
        assertThat(
                        ((Mutation.Insert) write("POST", "on_conflict=title", "{\"id\":1}", merge))
                                .conflict())
                .contains(new Mutation.Conflict(true, List.of("title")));
    }

    @Test
    void changesOnlyByTheFiltersOfTheRoot() {
        Mutation.Update update =
                (Mutation.Update)
                        write(
                                "PATCH",
                                "id=eq.1&select=*,loans(*)&loans.book_id=eq.2&loans.or=(book_id.eq.3)",
                                "{\"title\":\"x\"}");
        assertThat(update.where()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PATCH, UPDATE", "DELETE, DELETE"})
    void refusesToChangeEveryRow(String method, String verb) {
        Problem problem = refusal(() -> write(method, "", "{\"title\":\"x\"}"));
        assertThat(problem.code()).isEqualTo("21000");
        assertThat(problem.message()).isEqualTo(verb + " requires a WHERE clause");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "title=eq.x",
                "id=gt.1",
                "id=not.eq.1",
                "id=eq(any).{1}",
                "id=eq.1&title=eq.x",
                "id=eq.1&or=(id.eq.1)"
            })
    void putsOnlyByTheWholeKey(String query) {
        Problem problem = refusal(() -> write("PUT", query, "{\"id\":1}"));
        assertThat(problem.status()).isEqualTo(405);
        assertThat(problem.code()).isEqualTo("PGRST105");
    }

    @Test
    void callsTheFunctionThatTakesTheArguments() {
        assertThat(call("POST", "greet", "", "{\"name\":\"x\"}").routine().name().name())
                .isEqualTo("greet");
        assertThat(call("POST", "import", "", "{\"any\":1}").arguments())
                .isInstanceOf(Arguments.WholeBody.class);
    }

    @Test
    void takesTheLastValueUnlessAllAreWanted() {
        assertThat(((Arguments.Values) call("GET", "add", "a=1&b=2&a=3", "").arguments()).given())
                .extracting(Arguments.Given::values)
                .containsExactly(List.of("3"), List.of("2"));
        assertThat(((Arguments.Values) call("GET", "gather", "v=1&v=2", "").arguments()).given())
                .extracting(Arguments.Given::values)
                .containsExactly(List.of("1", "2"));
    }

    @Test
    void refusesSeveralFunctions() {
        Problem problem = refusal(() -> call("POST", "twice", "", "{\"x\":1}"));
        assertThat(problem.code()).isEqualTo("PGRST203");
        assertThat(problem.message())
                .isEqualTo(
                        "Could not choose the best candidate function between:"
                                + " public.twice(x => integer), public.twice(x => text)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | {} | Could not find the function public.add without parameters in the"
                        + " schema cache | Searched for the function public.add without parameters"
                        + " or with a single unnamed json/jsonb parameter, but no matches were"
                        + " found in the schema cache.",
                "POST | {\"b\":1,\"a\":1,\"c\":1} | Could not find the function"
                        + " public.add(a, b, c) in the schema cache | Searched for the function"
                        + " public.add with parameters a, b, c or with a single unnamed json/jsonb"
                        + " parameter, but no matches were found in the schema cache.",
                "GET | '' | Could not find the function public.add without parameters in the"
                        + " schema cache | Searched for the function public.add without parameters,"
                        + " but no matches were found in the schema cache.",
            })
    void saysWhatFunctionItSearched(String method, String body, String message, String details) {
        Problem problem = refusal(() -> call(method, "add", "", body));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.details()).contains(details);
    }

    @Test
    void embedsInTheRowsThatAFunctionReturns() {
        Plan.Call call = call("GET", "all_books", "select=title,loans(*)&price=gt.1&order=id", "");
        assertThat(call.rows().source()).isEqualTo(new Source.Outcome("books"));
        assertThat(call.returning()).containsExactly("id", "title");
        assertThat(call.filtered()).containsExactly("id", "price");
    }

    @Test
    void readsOnlyWhereAFunctionCannotWrite() {
        assertThat(call("POST", "add", "", "{\"a\":1,\"b\":2}").readOnly()).isTrue();
    }

    @Test
    void countsAffectedRowsOfSetsOnly() {
        assertThat(
                        refusal(
                                        () ->
                                                Library.plan(
                                                        "GET",
                                                        "/rpc/add",
                                                        "a=1&b=2",
                                                        "",
                                                        "Prefer: handling=strict, max-affected=1"))
                                .code())
                .isEqualTo("PGRST128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/books | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
                "/log | OPTIONS,GET,HEAD,POST,PATCH,DELETE",
                "/ | OPTIONS,GET,HEAD",
                "/rpc/all_books | OPTIONS,GET,HEAD,POST",
            })
    void saysWhatMethodsAnAddressTakes(String path, String methods) {
        assertThat(Library.plan("OPTIONS", path, "", "")).isEqualTo(new Plan.Allow(methods));
    }
}

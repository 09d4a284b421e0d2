package dev.hearth.rest.plan;

import static dev.hearth.rest.plan.Library.read;
import static dev.hearth.rest.plan.Library.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;
import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.JoinCondition.Side;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is read, and how it is joined, grouped and ordered.
class PlannerTest {

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

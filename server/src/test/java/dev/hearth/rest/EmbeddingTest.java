package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Rows with the rows that they are related to (PostgREST: `Feature/Query/QuerySpec`).
@Tag("all-postgres")
class EmbeddingTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void embedsTheRowThatAForeignKeyPointsToAsAnObject() {
        assertThat(read("/books?select=title,publishers(name)&id=eq.1"))
                .isEqualTo("200 [{'title':'Ice','publishers':{'name':'North'}}]");
    }

    @Test
    void embedsNullWhereAForeignKeyPointsNowhere() {
        assertThat(read("/books?select=title,publishers(name)&id=eq.4"))
                .isEqualTo("200 [{'title':'Loose','publishers':null}]");
    }

    @Test
    void embedsTheRowsThatPointHereAsAnArray() {
        assertThat(read("/publishers?select=name,books(id,title)&order=id"))
                .isEqualTo(
                        "200 [{'name':'North','books':[{'id':1,'title':'Ice'},{'id':2,'title':'Snow'}]},"
                            + "{'name':'South','books':[{'id':3,'title':'Sun'}]},"
                            + "{'name':'Empty','books':[]}]");
    }

    @Test
    void embedsAnObjectWhereTheKeyThatPointsHereIsUnique() {
        assertThat(read("/books?select=id,covers(colour)&order=id&limit=2"))
                .isEqualTo("200 [{'id':1,'covers':{'colour':'white'}},{'id':2,'covers':null}]");
        assertThat(read("/covers?select=colour,books(title)&book_id=eq.3"))
                .isEqualTo("200 [{'colour':'gold','books':{'title':'Sun'}}]");
    }

    @Test
    void embedsThroughAJunction() {
        assertThat(read("/books?select=title,authors(name)&id=eq.2&authors.order=name"))
                .isEqualTo("200 [{'title':'Snow','authors':[{'name':'Ada'},{'name':'Bo'}]}]");
        assertThat(read("/authors?select=name,books(title)&id=eq.3"))
                .isEqualTo("200 [{'name':'Cy','books':[]}]");
    }

    @Test
    void showsTheColumnsOfAJunctionWhereItIsEmbeddedItself() {
        assertThat(read("/books?select=writings(part,authors(name))&id=eq.2&writings.order=part"))
                .isEqualTo(
                        "200 [{'writings':[{'part':'pictures','authors':{'name':'Bo'}},"
                                + "{'part':'text','authors':{'name':'Ada'}}]}]");
    }

    @Test
    void embedsAtAnyDepth() {
        assertThat(read("/publishers?select=name,books(title,reviews(stars))&id=eq.2"))
                .isEqualTo(
                        "200 [{'name':'South','books':[{'title':'Sun','reviews':[{'stars':1}]}]}]");
        assertThat(read("/reviews?select=words,books(title,publishers(city))&id=eq.1"))
                .isEqualTo(
                        "200 [{'words':'cold','books':{'title':'Ice','publishers':{'city':'Oslo'}}}]");
    }

    @Test
    void putsEmbeddedRowsBehindTheColumnsInWhateverOrderTheyWereAskedFor() {
        assertThat(read("/covers?select=books(id),*&book_id=eq.1"))
                .isEqualTo("200 [{'book_id':1,'colour':'white','books':{'id':1}}]");
    }

    @Test
    void callsAnEmbedByItsAlias() {
        assertThat(read("/books?select=house:publishers(place:city)&id=eq.3"))
                .isEqualTo("200 [{'house':{'place':'Rome'}}]");
    }

    @Test
    void embedsOneRelationSeveralTimesUnderSeveralAliases() {
        assertThat(
                        read(
                                "/books?select=good:reviews(id),bad:reviews(id)&id=eq.1"
                                        + "&good.stars=gte.5&bad.stars=lt.5"))
                .isEqualTo("200 [{'good':[{'id':1}],'bad':[{'id':2}]}]");
    }

    @Test
    void findsTheOtherSideByAForeignKeyColumnOrAConstraint() {
        assertThat(read("/books?select=publisher_id(name)&id=eq.1"))
                .isEqualTo("200 [{'publisher_id':{'name':'North'}}]");
        assertThat(read("/books?select=books_publisher(name)&id=eq.1"))
                .isEqualTo("200 [{'books_publisher':{'name':'North'}}]");
    }

    @Test
    void filtersEmbeddedRowsAndKeepsTheirParents() {
        assertThat(read("/publishers?select=id,books(id)&books.pages=gt.200&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'books':[{'id':2}]},{'id':2,'books':[{'id':3}]},{'id':3,'books':[]}]");
    }

    @Test
    void filtersBelowAnEmbed() {
        assertThat(
                        read(
                                "/publishers?select=id,books(id,reviews(id))&id=eq.1"
                                        + "&books.reviews.stars=eq.3&books.order=id"))
                .isEqualTo(
                        "200 [{'id':1,'books':[{'id':1,'reviews':[{'id':2}]},{'id':2,'reviews':[]}]}]");
    }

    @Test
    void takesALogicTreeForAnEmbed() {
        assertThat(
                        read(
                                "/books?select=id,reviews(id)&id=eq.1&reviews.or=(stars.eq.3,words.eq.hot)"))
                .isEqualTo("200 [{'id':1,'reviews':[{'id':2}]}]");
    }

    @Test
    void ordersAndLimitsEmbeddedRowsForEachParent() {
        assertThat(
                        read(
                                "/books?select=id,reviews(id)&id=lt.3&order=id"
                                        + "&reviews.order=stars.asc&reviews.limit=1"))
                .isEqualTo("200 [{'id':1,'reviews':[{'id':2}]},{'id':2,'reviews':[{'id':3}]}]");
        assertThat(
                        read(
                                "/books?select=reviews(id)&id=eq.1"
                                        + "&reviews.order=id&reviews.limit=1&reviews.offset=1"))
                .isEqualTo("200 [{'reviews':[{'id':2}]}]");
    }

    @Test
    void ordersRowsByAColumnOfTheRowThatTheyPointTo() {
        assertThat(read("/books?select=id,publishers(city)&order=publishers(city).desc,id&limit=2"))
                .isEqualTo(
                        "200 [{'id':4,'publishers':null},{'id':3,'publishers':{'city':'Rome'}}]");
        assertThat(
                        read(
                                "/books?select=id,house:publishers(city)&id=in.(1,3,4)"
                                        + "&order=house(city).desc.nullslast"))
                .isEqualTo(
                        "200 [{'id':3,'house':{'city':'Rome'}},{'id':1,'house':{'city':'Oslo'}},"
                                + "{'id':4,'house':null}]");
    }

    @Test
    void refusesToOrderByManyRows() {
        assertThat(read("/publishers?select=id,books(id)&order=books(id)"))
                .isEqualTo(
                        "400 {'code':'PGRST118','details':''publishers' and 'books' do not form a"
                            + " many-to-one or one-to-one relationship','hint':null,'message':'A"
                            + " related order on 'books' is not possible'}");
    }

    @Test
    void refusesToOrderOrFilterByWhatIsNotEmbedded() {
        assertThat(read("/books?select=id&order=publishers(city)"))
                .isEqualTo(
                        "400 {'code':'PGRST108','details':null,'hint':'Verify that 'publishers' is"
                            + " included in the 'select' query parameter.','message':''publishers'"
                            + " is not an embedded resource in this request'}");
        assertThat(api.get("/books?select=id&publishers.city=eq.Rome").ask().refusal())
                .isEqualTo("400 PGRST108");
    }

    @Test
    void namesTheMissingRelationship() {
        assertThat(read("/books?select=id,lonely(id)"))
                .isEqualTo(
                        "400 {'code':'PGRST200','details':'Searched for a foreign key relationship"
                            + " between 'books' and 'lonely' in the schema 'public', but no matches"
                            + " were found.','hint':null,'message':'Could not find a relationship"
                            + " between 'books' and 'lonely' in the schema cache'}");
    }

    @Test
    void suggestsTheRelationshipThatMayBeMeant() {
        assertThat(api.get("/books?select=id,publisher(id)").ask().json().path("hint").asText())
                .isEqualTo("Perhaps you meant 'publishers' instead of 'publisher'.");
    }

    @Test
    void joinsWithoutShowingWhereNothingOfAnEmbedIsSelected() {
        assertThat(read("/books?select=id,reviews()&id=eq.1")).isEqualTo("200 [{'id':1}]");
        assertThat(read("/books?select=id,reviews!inner()&reviews.stars=eq.1"))
                .isEqualTo("200 [{'id':3}]");
    }

    @Test
    void embedsInTheRowsOfAFunction() {
        assertThat(read("/rpc/books_of?city=Rome&select=title,publishers(name)"))
                .isEqualTo("200 [{'title':'Sun','publishers':{'name':'South'}}]");
    }

    @Test
    void castsAndTakesApartWhatIsEmbedded() {
        assertThat(read("/reviews?select=books(pages::text,facts->>lang)&id=eq.4"))
                .isEqualTo("200 [{'books':{'lang':'it','pages':'500'}}]");
    }
}

package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Rows that count only with the rows they are related to, or only without them (PostgREST:
/// `Feature/Query/EmbedInnerJoinSpec`, `RelatedQueriesSpec`).
@Tag("all-postgres")
class InnerJoinsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void leavesOutRowsThatPointNowhere() {
        assertThat(read("/books?select=id,publishers!inner(name)&publishers.city=eq.Rome"))
                .isEqualTo("200 [{'id':3,'publishers':{'name':'South'}}]");
    }

    @Test
    void leavesOutRowsThatNothingPointsTo() {
        assertThat(read("/publishers?select=id,books!inner(id)&books.pages=gt.400"))
                .isEqualTo("200 [{'id':2,'books':[{'id':3}]}]");
        assertThat(read("/publishers?select=id,books!inner()&order=id"))
                .isEqualTo("200 [{'id':1},{'id':2}]");
    }

    @Test
    void leavesOutRowsWithoutARowBehindAJunction() {
        assertThat(read("/authors?select=name,books!inner(id)&books.title=eq.Sun"))
                .isEqualTo("200 [{'name':'Bo','books':[{'id':3}]}]");
    }

    @Test
    void leavesOutTheParentOnlyAtTheLevelThatSaysSo() {
        String filtered = "&books.reviews.stars=eq.1&order=id";
        assertThat(read("/publishers?select=id,books(id,reviews!inner(id))" + filtered))
                .isEqualTo(
                        "200 [{'id':1,'books':[]},{'id':2,'books':[{'id':3,'reviews':[{'id':4}]}]},"
                                + "{'id':3,'books':[]}]");
        assertThat(read("/publishers?select=id,books!inner(id,reviews!inner(id))" + filtered))
                .isEqualTo("200 [{'id':2,'books':[{'id':3,'reviews':[{'id':4}]}]}]");
    }

    @Test
    void joinsInnerUnderAHintAndAnAlias() {
        assertThat(
                        read(
                                "/parcels?select=id,from:places!parcels_sender!inner(name)&from.name=eq.there"))
                .isEqualTo("200 [{'id':2,'from':{'name':'there'}}]");
        assertThat(read("/parcels?select=id,from:places!inner!sender_id(name)&from.name=eq.there"))
                .isEqualTo("200 [{'id':2,'from':{'name':'there'}}]");
    }

    @Test
    void keepsEveryRowOfALeftJoinThatSaysSo() {
        assertThat(read("/books?select=id,publishers!left(id)&publishers.id=eq.2&id=lt.4&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'publishers':null},{'id':2,'publishers':null},"
                                + "{'id':3,'publishers':{'id':2}}]");
    }

    @Test
    void countsWhatIsLeft() {
        var reply =
                api.get("/publishers?select=id,books!inner(id)&books.pages=gt.100&limit=1")
                        .prefer("count=exact")
                        .ask();
        assertThat(reply.header("Content-Range")).contains("0-0/2");
        assertThat(
                        api.head("/publishers?select=id,books!inner(id)&books.pages=gt.400")
                                .prefer("count=exact")
                                .ask()
                                .header("Content-Range"))
                .contains("0-0/1");
    }

    @Test
    void findsRowsWithNothingRelated() {
        assertThat(read("/publishers?select=id,books()&books=is.null")).isEqualTo("200 [{'id':3}]");
        assertThat(read("/books?select=id,publishers()&publishers=is.null"))
                .isEqualTo("200 [{'id':4}]");
        assertThat(read("/authors?select=id,books()&books=is.null")).isEqualTo("200 [{'id':3}]");
    }

    @Test
    void findsRowsWithSomethingRelated() {
        assertThat(read("/publishers?select=id,books(id)&books=not.is.null&books.pages=gt.400"))
                .isEqualTo("200 [{'id':2,'books':[{'id':3}]}]");
    }

    @Test
    void findsRowsByOneOfSeveralRelations() {
        assertThat(
                        read(
                                "/books?select=id,c:covers(),r:reviews()&c.colour=eq.gold&r.stars=eq.4"
                                    + "&or=(c.not.is.null,r.not.is.null)&order=id"))
                .isEqualTo("200 [{'id':2},{'id':3}]");
    }

    @Test
    void countsByWhatIsRelated() {
        var reply =
                api.get("/publishers?select=id,books()&books=is.null").prefer("count=exact").ask();
        assertThat(reply.header("Content-Range")).contains("0-0/1");
    }

    @Test
    void takesAnotherTestOfAnEmbedForOneOfAColumn() {
        assertThat(api.get("/publishers?select=id,books()&books=eq.1").ask().refusal())
                .isEqualTo("400 42703");
    }
}

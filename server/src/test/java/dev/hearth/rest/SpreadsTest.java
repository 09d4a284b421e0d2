package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Columns of related rows among the columns of a row (PostgREST:
/// `Feature/Query/SpreadQueriesSpec`).
@Tag("all-postgres")
class SpreadsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void liftsTheColumnsOfOneRow() {
        assertThat(read("/books?select=title,...publishers(house:name,city)&id=in.(3,4)&order=id"))
                .isEqualTo(
                        "200 [{'title':'Sun','house':'South','city':'Rome'},"
                                + "{'title':'Loose','house':null,'city':null}]");
    }

    @Test
    void liftsThroughSeveralLevels() {
        assertThat(read("/reviews?select=stars,...books(title,...publishers(city))&id=eq.4"))
                .isEqualTo("200 [{'stars':1,'title':'Sun','city':'Rome'}]");
    }

    @Test
    void liftsWhatIsEmbeddedInASpread() {
        assertThat(read("/reviews?select=stars,...books(title,covers(colour))&id=eq.1"))
                .isEqualTo("200 [{'stars':5,'title':'Ice','covers':{'colour':'white'}}]");
    }

    @Test
    void makesAnArrayOfEachColumnOfManyRows() {
        assertThat(
                        read(
                                "/books?select=id,...reviews(stars,words)&id=in.(1,4)&reviews.order=stars&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'stars':[3,5],'words':['thin','cold']},"
                                + "{'id':4,'stars':[],'words':[]}]");
    }

    @Test
    void makesArraysThroughAJunction() {
        assertThat(
                        read(
                                "/books?select=title,...authors(names:name)&id=eq.2&authors.order=name.desc"))
                .isEqualTo("200 [{'title':'Snow','names':['Bo','Ada']}]");
    }

    @Test
    void spreadsOneRowWithinTheRowsOfAnArray() {
        assertThat(
                        read(
                                "/publishers?select=name,...books(titles:title,...covers(colours:colour))"
                                    + "&id=eq.1&books.order=id"))
                .isEqualTo(
                        "200 [{'name':'North','titles':['Ice','Snow'],'colours':['white',null]}]");
    }

    @Test
    void spreadsAllColumns() {
        assertThat(read("/covers?select=colour,...books(*)&book_id=eq.3"))
                .isEqualTo(
                        "200 [{'colour':'gold','id':3,'title':'Sun','publisher_id':2,'pages':500,"
                                + "'price':30.0,'facts':{'lang':'it'}}]");
    }

    @Test
    void spreadsWithinAnEmbed() {
        assertThat(read("/publishers?select=books(title,...covers(colour))&id=eq.2"))
                .isEqualTo("200 [{'books':[{'title':'Sun','colour':'gold'}]}]");
    }

    @Test
    void joinsInner() {
        assertThat(read("/books?select=id,...covers!inner(colour)&order=id"))
                .isEqualTo("200 [{'id':1,'colour':'white'},{'id':3,'colour':'gold'}]");
    }

    @Test
    void ordersBySpreadColumns() {
        assertThat(
                        read(
                                "/books?select=id,...publishers(city)&order=publishers(city).desc.nullslast,id"))
                .isEqualTo(
                        "200 [{'id':3,'city':'Rome'},{'id':1,'city':'Oslo'},{'id':2,'city':'Oslo'},"
                                + "{'id':4,'city':null}]");
    }
}

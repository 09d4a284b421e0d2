package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Sums, counts and the like (PostgREST: `Feature/Query/AggregateFunctionsSpec`).
@Tag("all-postgres")
class AggregatesTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void countsRows() {
        assertThat(read("/books?select=count()")).isEqualTo("200 [{'count':4}]");
        assertThat(read("/books?select=n:count()&pages=gt.100")).isEqualTo("200 [{'n':3}]");
    }

    @Test
    void aggregatesAColumn() {
        assertThat(read("/books?select=pages.sum(),pages.max(),pages.min(),pages.count()"))
                .isEqualTo("200 [{'sum':1050,'max':500,'min':90,'count':4}]");
        assertThat(read("/books?select=mean:pages.avg()&id=lt.3")).startsWith("200 [{'mean':230.0");
    }

    @Test
    void groupsByTheColumnsWithoutAnAggregate() {
        assertThat(read("/books?select=publisher_id,pages.sum()&order=publisher_id"))
                .isEqualTo(
                        "200 [{'publisher_id':1,'sum':460},{'publisher_id':2,'sum':500},"
                                + "{'publisher_id':null,'sum':90}]");
    }

    @Test
    void castsBeforeAndAfter() {
        assertThat(read("/books?select=price::int.sum()::text")).isEqualTo("200 [{'sum':'61'}]");
        assertThat(read("/books?select=pages.avg()::int&id=lt.3")).isEqualTo("200 [{'avg':230}]");
        assertThat(read("/books?select=count()::text")).isEqualTo("200 [{'count':'4'}]");
    }

    @Test
    void aggregatesByAPartOfADocument() {
        assertThat(read("/books?select=facts->>lang,pages.sum()&facts=not.is.null&order=lang"))
                .isEqualTo(
                        "400 {'code':'42703','details':null,'hint':null,"
                                + "'message':'column books.lang does not exist'}");
        assertThat(read("/books?select=facts->>lang,pages.sum()&facts->>lang=eq.no"))
                .isEqualTo("200 [{'lang':'no','sum':460}]");
    }

    @Test
    void aggregatesEmbeddedRowsForEachParent() {
        assertThat(read("/publishers?select=name,books(count(),pages.sum())&order=id"))
                .isEqualTo(
                        "200 [{'name':'North','books':[{'sum':460,'count':2}]},"
                                + "{'name':'South','books':[{'sum':500,'count':1}]},"
                                + "{'name':'Empty','books':[{'sum':null,'count':0}]}]");
    }

    @Test
    void groupsByAnEmbeddedRow() {
        assertThat(read("/books?select=publishers(name),pages.sum()&publisher_id=eq.1"))
                .isEqualTo("200 [{'sum':460,'publishers':{'name':'North'}}]");
    }

    @Test
    void aggregatesAboveASpread() {
        assertThat(read("/reviews?select=...books(...publishers(city)),stars.sum()&book_id=lt.3"))
                .isEqualTo("200 [{'sum':12,'city':'Oslo'}]");
        assertThat(read("/covers?select=...books(pages.sum())")).isEqualTo("200 [{'sum':620}]");
    }

    @Test
    void refusesAnAggregateWithinASpreadOfManyRows() {
        assertThat(read("/publishers?select=name,...books(pages.sum())"))
                .isEqualTo(
                        "400 {'code':'PGRST127','details':'Aggregates are not implemented for"
                                + " one-to-many or many-to-many"
                                + " spreads.','hint':null,'message':'Feature not implemented'}");
    }

    @Test
    void refusesAnAggregateThatDoesNotExist() {
        assertThat(api.get("/books?select=pages.median()").ask().refusal())
                .isEqualTo("400 PGRST100");
    }

    @Test
    void countsInTheWayThatOlderClientsKnow() {
        assertThat(read("/publishers?select=name,books(count)&id=eq.1"))
                .isEqualTo("200 [{'name':'North','books':[{'count':2}]}]");
    }

    @Test
    void refusesAggregatesWhereTheyAreSwitchedOff() {
        try (var off =
                TestApi.start(
                        Map.of("PGRST_DB_AGGREGATES_ENABLED", "false"),
                        TestApi.resource("/rest/library.sql"))) {
            String refused =
                    "400 {'code':'PGRST123','details':null,'hint':null,"
                            + "'message':'Use of aggregate functions is not allowed'}";
            assertThat(off.get("/books?select=count()").ask().compact()).isEqualTo(refused);
            assertThat(off.get("/publishers?select=books(pages.sum())").ask().compact())
                    .isEqualTo(refused);
            assertThat(off.get("/publishers?select=books(count)&id=eq.1").ask().compact())
                    .isEqualTo("200 [{'books':[{'count':2}]}]");
        }
    }
}

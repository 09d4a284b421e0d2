package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Full text search (PostgREST: `Feature/Query/QuerySpec`).
@Tag("all-postgres")
class TextSearchTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/samples.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    private static String ids(String filter) {
        return api.get("/samples?select=id&order=id&" + filter)
                .ask()
                .compact()
                .replaceAll("[^0-9 ,]", "");
    }

    @Test
    void searchesIndexedWords() {
        assertThat(ids("words=fts.dog")).isEqualTo("200 1");
        assertThat(ids("words=fts(english).running")).isEqualTo("200 1");
        assertThat(ids("words=fts.dog%20%7C%20cat")).isEqualTo("200 1,2");
        assertThat(ids("words=fts.dog%20%26%20cat")).isEqualTo("200 ");
    }

    @Test
    void searchesByPlainTextPhraseAndTheWayOfTheWeb() {
        assertThat(ids("words=plfts(english).lazy%20cat")).isEqualTo("200 2");
        assertThat(ids("words=phfts(english).lazy%20cats")).isEqualTo("200 2");
        assertThat(ids("words=phfts(english).cats%20lazy")).isEqualTo("200 ");
        assertThat(ids("words=wfts(english).cats%20or%20dogs")).isEqualTo("200 1,2");
        assertThat(ids("words=wfts(english).cats%20-lazy")).isEqualTo("200 ");
    }

    @Test
    void negates() {
        assertThat(ids("words=not.fts.dog")).isEqualTo("200 2");
    }

    @Test
    void searchesTextThatIsNotIndexed() {
        assertThat(ids("text_words=fts(english).dogs")).isEqualTo("200 1");
        assertThat(ids("text_words=wfts.lazy%20cats")).isEqualTo("200 2");
        assertThat(ids("or=(text_words.plfts(english).dog,text_words.fts.cats)"))
                .isEqualTo("200 1,2");
    }

    @Test
    void searchesWithinDocuments() {
        assertThat(ids("data=fts(simple).x")).isEqualTo("200 1");
    }

    @Test
    void namesALanguageThatDoesNotExist() {
        assertThat(read("/samples?words=fts(klingon).dog"))
                .isEqualTo(
                        "400 {'code':'42704','details':null,'hint':null,'message':'text search"
                                + " configuration 'klingon' does not exist'}");
    }

    @Test
    void tellsWhatIsWrongWithAQuery() {
        assertThat(api.get("/samples?words=fts.a%20b").ask().refusal()).isEqualTo("400 42601");
    }
}

package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Relationships that functions make (PostgREST: `Feature/Query/ComputedRelsSpec`).
@Tag("all-postgres")
class ComputedRelationshipsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/library.sql"));
    }

    private static String read(String target) {
        return api.get(target).ask().compact();
    }

    @Test
    void embedsTheOneRowOfAFunction() {
        assertThat(read("/books?select=id,best_review(words)&id=in.(1,4)&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'best_review':{'words':'cold'}},{'id':4,'best_review':null}]");
        assertThat(read("/reviews?select=id,book(title)&id=eq.4"))
                .isEqualTo("200 [{'id':4,'book':{'title':'Sun'}}]");
    }

    @Test
    void embedsTheRowsOfAFunction() {
        assertThat(read("/books?select=id,good_reviews(stars)&id=in.(1,3)&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'good_reviews':[{'stars':5}]},{'id':3,'good_reviews':[]}]");
    }

    @Test
    void embedsOnFromTheRowsOfAFunction() {
        assertThat(read("/books?select=best_review(words,books(title))&id=eq.2"))
                .isEqualTo("200 [{'best_review':{'books':{'title':'Snow'},'words':'soft'}}]");
    }

    @Test
    void filtersOrdersAndLimits() {
        assertThat(
                        read(
                                "/books?select=id,good_reviews(id)&good_reviews.words=eq.soft&id=lt.3&order=id"))
                .isEqualTo("200 [{'id':1,'good_reviews':[]},{'id':2,'good_reviews':[{'id':3}]}]");
        assertThat(
                        read(
                                "/books?select=id,best_review(stars)&order=best_review(stars).desc.nullslast&limit=1"))
                .isEqualTo("200 [{'id':1,'best_review':{'stars':5}}]");
    }

    @Test
    void joinsInner() {
        assertThat(read("/books?select=id,best_review!inner(stars)&best_review.stars=eq.1"))
                .isEqualTo("200 [{'id':3,'best_review':{'stars':1}}]");
        assertThat(read("/books?select=id,good_reviews!inner(id)&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'good_reviews':[{'id':1}]},{'id':2,'good_reviews':[{'id':3}]}]");
    }

    @Test
    void spreads() {
        assertThat(read("/books?select=id,...best_review(words)&id=eq.3"))
                .isEqualTo("200 [{'id':3,'words':'hot'}]");
    }

    @Test
    void takesTheNameOfTheFunctionOnly() {
        assertThat(read("/books?select=id,word:best_review(words)&id=eq.3"))
                .isEqualTo("200 [{'id':3,'word':{'words':'hot'}}]");
        assertThat(api.get("/publishers?select=id,best_review(words)").ask().refusal())
                .isEqualTo("400 PGRST200");
    }
}

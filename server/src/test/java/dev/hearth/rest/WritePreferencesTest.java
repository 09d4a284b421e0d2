package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `Prefer` does to requests of every kind, and what is told of it.
@Tag("all-postgres")
class WritePreferencesTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        TestApi.resource("/rest/desk.sql"),
                        """
                        create table public.moments (id int primary key, at timestamptz);
                        insert into public.moments values (1, '2020-01-01 12:00Z');
                        grant all on public.moments to anon;
                        """);
    }

    @Test
    void takesPreferencesThatItDoesNotKnowUnlessToldOtherwise() {
        var lenient = api.get("/cases?id=eq.1&select=id").prefer("handling=lenient, odd").ask();
        assertThat(lenient.said()).isEqualTo("200 [{'id':1}]");
        assertThat(lenient.header("Preference-Applied")).contains("handling=lenient");
        assertThat(api.get("/cases?id=eq.1&select=id").prefer("odd, even=1").ask().status())
                .isEqualTo(200);
    }

    @Test
    void refusesPreferencesThatItDoesNotKnowWhereThatIsWanted() {
        String refusal =
                "400 {'code':'PGRST122','details':'Invalid preferences: odd, even=1','hint':null,"
                        + "'message':'Invalid preferences given with handling=strict'}";
        String preference = "handling=strict, odd, even=1";

        assertThat(api.get("/cases").prefer(preference).ask().said()).isEqualTo(refusal);
        assertThat(api.post("/cases", "{}").prefer(preference).ask().said()).isEqualTo(refusal);
        assertThat(api.post("/rpc/answer", "{}").prefer(preference).ask().said())
                .isEqualTo(refusal);
        assertThat(
                        api.get("/cases")
                                .prefer("handling=strict")
                                .prefer("odd")
                                .prefer("even=1")
                                .ask()
                                .said())
                .isEqualTo(refusal);
    }

    @Test
    void showsTimesInTheZoneThatIsPreferred() {
        var reply = api.get("/moments").prefer("timezone=America/New_York").ask();

        assertThat(reply.said()).isEqualTo("200 [{'id':1,'at':'2020-01-01T07:00:00-05:00'}]");
        assertThat(reply.header("Preference-Applied")).contains("timezone=America/New_York");
    }

    @Test
    void passesOverAZoneThatIsNoneUnlessToldOtherwise() {
        var reply = api.get("/moments?select=id").prefer("timezone=Nowhere/Town").ask();
        assertThat(reply.said()).isEqualTo("200 [{'id':1}]");
        assertThat(reply.header("Preference-Applied")).isEmpty();
        assertThat(
                        api.get("/moments")
                                .prefer("handling=strict, timezone=Nowhere/Town")
                                .ask()
                                .said())
                .isEqualTo(
                        "400 {'code':'PGRST122','details':'Invalid preferences:"
                                + " timezone=Nowhere/Town','hint':null,"
                                + "'message':'Invalid preferences given with handling=strict'}");
    }

    @Test
    void changesNoMoreRowsThanIsWanted() {
        String strict = "handling=strict, max-affected=";

        var allowed = api.patch("/cases?id=lt.3", "{\"title\":\"y\"}").prefer(strict + "2").ask();
        assertThat(allowed.whole()).isEqualTo("204 ");
        assertThat(allowed.header("Preference-Applied"))
                .contains("handling=strict, max-affected=2");
        assertThat(
                        api.patch("/cases?id=lt.4", "{\"title\":\"z\"}")
                                .prefer(strict + "2")
                                .ask()
                                .said())
                .isEqualTo(
                        "400 {'code':'PGRST124','details':'The query affects 3 rows','hint':null,"
                                + "'message':'Query result exceeds max-affected preference"
                                + " constraint'}");
        assertThat(api.get("/cases?title=eq.z").ask().said()).isEqualTo("200 []");
        assertThat(api.delete("/cases?id=lt.4").prefer(strict + "2").ask().refusal())
                .isEqualTo("400 PGRST124");
        assertThat(
                        api.patch("/cases?id=lt.4", "{\"title\":\"y\"}")
                                .prefer("max-affected=2")
                                .ask()
                                .header("Preference-Applied"))
                .isEmpty();
    }

    @Test
    void looksAtTheRowsOfCallsToo() {
        String strict = "handling=strict, max-affected=1";

        assertThat(api.post("/rpc/change_cases", "{\"count\":2}").prefer(strict).ask().refusal())
                .isEqualTo("400 PGRST124");
        assertThat(api.get("/cases?title=eq.x").ask().said()).isEqualTo("200 []");
        assertThat(api.post("/rpc/change_one", "{}").prefer(strict).ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST128','details':null,'hint':null,'message':'Function must"
                                + " return SETOF or TABLE when max-affected preference is used with"
                                + " handling=strict'}");
    }

    @Test
    void takesTheFirstOfPreferencesThatContradict() {
        assertThat(
                        api.post("/clients?select=id", "{\"id\":7}")
                                .prefer("return=representation, return=minimal")
                                .ask()
                                .said())
                .isEqualTo("201 [{'id':7}]");
    }
}

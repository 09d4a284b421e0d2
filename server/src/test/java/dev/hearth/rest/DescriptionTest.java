package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// The root, asked over HTTP.
class DescriptionTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_DB_SCHEMAS", "public,cellar",
                                "API_EXTERNAL_URL", "https://api.example.org"),
                        """
                        comment on schema public is E'Pantry\\n\\nAll of it.';
                        create type public.jam as enum ('plum', 'fig');
                        create table public.shelves (id int primary key);
                        create table public.jars (
                            id bigint primary key, kind public.jam default 'fig',
                            shelf int unique references public.shelves, label varchar(9));
                        create view public.seen as select id, shelf from public.jars;
                        create table public.hidden (id int);
                        create table public.partly (id int, secret text);
                        grant select on public.shelves, public.jars, public.seen to anon;
                        grant select (id) on public.partly to anon;
                        revoke all on public.hidden from public, anon;
                        create function public.pick(kind public.jam) returns int stable
                            language sql as 'select 1';
                        create function public.pick(kind public.jam, number int) returns int stable
                            language sql as 'select 1';
                        create function public.fill() returns void language sql as '';
                        revoke execute on function public.pick(public.jam, int) from public, anon;
                        create function public.concealed() returns int language sql as 'select 1';
                        revoke execute on function public.concealed() from public, anon;
                        create schema cellar;
                        grant usage on schema cellar to anon;
                        create table cellar.bottles (id int);
                        grant select on cellar.bottles to anon;
                        create function public.root() returns json stable language sql
                            as $$ select '{"swagger":"2.0"}'::json $$;
                        """);
    }

    /// Changes a setting in the database, for what is done meanwhile.
    private static void with(String setting, String value, Runnable work) {
        alter("set pgrst.%s = '%s'".formatted(setting, value));
        try {
            work.run();
        } finally {
            alter("reset pgrst." + setting);
        }
    }

    private static void alter(String how) {
        api.change(
                "do $do$ begin execute format($f$alter role authenticator in database %%I %s$f$,"
                                .formatted(how)
                        + " current_database()); end $do$");
    }

    @Test
    void isADocumentOfItsOwnType() {
        TestApi.Reply reply = api.get("/").ask();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type"))
                .contains("application/openapi+json; charset=utf-8");
        assertThat(reply.json().path("swagger").textValue()).isEqualTo("2.0");
    }

    @Test
    void isAcceptedAsAnyTypeOfJsonAndAsNothingElse() {
        for (String type : new String[] {"application/openapi+json", "application/json", "*/*"}) {
            assertThat(api.get("/").accept(type).ask().status()).isEqualTo(200);
        }
        assertThat(api.get("/").accept("text/csv").ask().refusal()).isEqualTo("406 PGRST107");
        assertThat(api.get("/jars").accept("application/openapi+json").ask().refusal())
                .isEqualTo("406 PGRST107");
    }

    @Test
    void isNotSentToWhoAsksForTheHeadOnly() {
        TestApi.Reply reply = api.head("/").ask();
        assertThat(reply.whole()).isEqualTo("200 ");
        assertThat(reply.header("Content-Type"))
                .contains("application/openapi+json; charset=utf-8");
        assertThat(reply.header("Content-Length")).isEmpty();
    }

    @Test
    void namesWhereTheApiIsReached() {
        JsonNode document = api.get("/").ask().json();
        assertThat(document.path("host").textValue()).isEqualTo("api.example.org:443");
        assertThat(document.path("basePath").textValue()).isEqualTo("/rest/v1");
        assertThat(document.at("/schemes/0").textValue()).isEqualTo("https");
        assertThat(document.at("/info/title").textValue()).isEqualTo("Pantry");
        assertThat(document.at("/info/description").textValue()).isEqualTo("All of it.");
    }

    @Test
    void tellsTheCallerOfWhatTheyMayUse() {
        JsonNode paths = api.get("/").ask().json().path("paths");
        assertThat(paths.propertyStream().map(Map.Entry::getKey))
                .contains("/jars", "/seen", "/partly", "/rpc/pick", "/rpc/fill")
                .doesNotContain("/hidden", "/rpc/concealed", "/bottles");
        assertThat(paths.at("/~1rpc~1pick/get/parameters").findValuesAsText("name"))
                .containsExactly("kind");
        assertThat(paths.at("/~1rpc~1pick/get/parameters/0/format").textValue()).isEqualTo("jam");
        JsonNode ofService = api.get("/").asService().ask().json().path("paths");
        assertThat(ofService.has("/jars")).isTrue();
    }

    @Test
    void describesTheColumnsOfTablesAndViews() {
        JsonNode definitions = api.get("/").ask().json().path("definitions");
        assertThat(definitions.at("/jars/properties/kind").toString())
                .isEqualTo(
                        "{\"type\":\"string\",\"format\":\"public.jam\",\"default\":\"fig\","
                                + "\"enum\":[\"plum\",\"fig\"]}");
        assertThat(definitions.at("/jars/properties/label/maxLength").intValue()).isEqualTo(9);
        assertThat(definitions.at("/seen/properties/shelf/description").textValue())
                .contains("<fk table='shelves' column='id'/>");
        assertThat(definitions.at("/shelves/properties/id/description").textValue())
                .doesNotContain("<fk");
    }

    @Test
    void describesTheSchemaThatIsAskedFor() {
        TestApi.Reply reply = api.get("/").header("Accept-Profile", "cellar").ask();
        assertThat(reply.header("Content-Profile")).contains("cellar");
        assertThat(reply.json().path("definitions").propertyStream().map(Map.Entry::getKey))
                .containsExactly("bottles");
        assertThat(reply.json().at("/info/title").textValue()).isEqualTo("PostgREST API");
    }

    @Test
    void tellsOfEverythingWhereTheSettingsSaySo() {
        with(
                "openapi_mode",
                "ignore-privileges",
                () ->
                        assertThat(api.get("/").ask().json().path("paths").propertyStream())
                                .extracting(Map.Entry::getKey)
                                .contains("/hidden", "/rpc/concealed")
                                .doesNotContain("/bottles"));
    }

    @Test
    void isNotThereWhereTheSettingsSaySo() {
        with(
                "openapi_mode",
                "disabled",
                () -> assertThat(api.get("/").ask().refusal()).isEqualTo("404 PGRST126"));
    }

    @Test
    void tellsOfAProxyAndOfTokensWhereTheSettingsSaySo() {
        with(
                "openapi_server_proxy_uri",
                "https://proxy.example.org/data",
                () -> {
                    JsonNode document = api.get("/").ask().json();
                    assertThat(document.path("host").textValue())
                            .isEqualTo("proxy.example.org:443");
                    assertThat(document.path("basePath").textValue()).isEqualTo("/data");
                });
        with(
                "openapi_security_active",
                "true",
                () -> assertThat(api.get("/").ask().json().has("securityDefinitions")).isTrue());
    }

    @Test
    void isAnsweredByAFunctionWhereTheSettingsNameOne() {
        with(
                "db_root_spec",
                "root",
                () ->
                        assertThat(api.get("/").ask().whole())
                                .isEqualTo("200 {\"swagger\":\"2.0\"}"));
    }

    @Test
    void takesNoOtherMethod() {
        assertThat(api.post("/", "{}").ask().refusal()).isEqualTo("405 PGRST117");
        assertThat(api.call("OPTIONS", "/").ask().header("Allow")).contains("OPTIONS,GET,HEAD");
    }

    @Test
    void refusesARoleThatIsNotThere() {
        assertThat(api.get("/").bearer(api.token("nobody", Map.of())).ask().refusal())
                .isEqualTo("401 22023");
    }
}

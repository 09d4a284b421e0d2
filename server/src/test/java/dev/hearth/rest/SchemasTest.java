package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Several schemas, each asked for by its name (PostgREST: `Feature/Query/MultipleSchemaSpec`,
/// `UnicodeSpec`, `ExtraSearchPathSpec`).
class SchemasTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_DB_SCHEMAS",
                                "red, blue",
                                "PGRST_DB_EXTRA_SEARCH_PATH",
                                "tools"),
                        """
                        create schema red;
                        create schema blue;
                        create schema hidden;
                        create schema tools;
                        create table red.things (id int primary key, name text);
                        create table red.parts (id int primary key, thing_id int references red.things);
                        create table blue.things (id int primary key, hue text);
                        create table blue.only (id int primary key, thing_id int references red.things);
                        create table red."größen" (id int primary key, "maß" text);
                        create table hidden.secrets (id int primary key);
                        insert into red.things values (1, 'red one');
                        insert into red.parts values (1, 1);
                        insert into blue.things values (1, 'blue one');
                        insert into blue.only values (1, 1);
                        insert into red."größen" values (1, 'klein');
                        create function red.which() returns text language sql as $$ select 'red' $$;
                        create function blue.which() returns text language sql as $$ select 'blue' $$;
                        create function tools.loud(red.things) returns text immutable language sql as
                            'select upper($1.name)';
                        grant usage on schema red, blue, hidden, tools to anon, authenticated, service_role;
                        grant select on all tables in schema red, blue, hidden
                            to anon, authenticated, service_role;
                        """);
    }

    private static String read(String target, String profile) {
        var reply = api.get(target).header("Accept-Profile", profile).ask();
        return reply.compact() + " " + reply.header("Content-Profile").orElse("none");
    }

    @Test
    void readsTheFirstSchemaWhereNoneIsAskedFor() {
        var reply = api.get("/things").ask();
        assertThat(reply.compact()).isEqualTo("200 [{'id':1,'name':'red one'}]");
        assertThat(reply.header("Content-Profile")).contains("red");
    }

    @Test
    void readsTheSchemaThatIsAskedFor() {
        assertThat(read("/things", "red")).isEqualTo("200 [{'id':1,'name':'red one'}] red");
        assertThat(read("/things", "blue")).isEqualTo("200 [{'id':1,'hue':'blue one'}] blue");
    }

    @Test
    void takesTheProfileOfReadsFromAcceptProfileOnly() {
        assertThat(api.get("/things").header("Content-Profile", "blue").ask().compact())
                .isEqualTo("200 [{'id':1,'name':'red one'}]");
        assertThat(
                        api.head("/only")
                                .header("Accept-Profile", "blue")
                                .ask()
                                .header("Content-Profile"))
                .contains("blue");
    }

    @Test
    void callsTheFunctionOfTheSchema() {
        assertThat(read("/rpc/which", "blue")).isEqualTo("200 'blue' blue");
        assertThat(api.post("/rpc/which", "{}").header("Content-Profile", "blue").ask().compact())
                .isEqualTo("200 'blue'");
    }

    @Test
    void refusesASchemaThatIsNotServed() {
        assertThat(read("/secrets", "hidden"))
                .startsWith(
                        "406 {'code':'PGRST106','details':null,'hint':'Only the following schemas"
                                + " are exposed: red, blue','message':'Invalid schema: hidden'}");
    }

    @Test
    void looksForARelationInItsSchemaOnly() {
        assertThat(api.get("/only").ask().refusal()).isEqualTo("404 PGRST205");
        assertThat(read("/parts", "blue"))
                .startsWith("404 {'code':'PGRST205'")
                .contains("Could not find the table 'blue.parts' in the schema cache");
    }

    @Test
    void embedsWithinASchemaOnly() {
        assertThat(api.get("/parts?select=id,things(name)").ask().compact())
                .isEqualTo("200 [{'id':1,'things':{'name':'red one'}}]");
        assertThat(read("/only?select=id,things(name)", "blue"))
                .startsWith("400 {'code':'PGRST200'");
    }

    @Test
    void servesNamesOfAnyScript() {
        assertThat(api.get("/größen?select=maß&maß=eq.klein").ask().compact())
                .isEqualTo("200 [{'maß':'klein'}]");
    }

    @Test
    void findsFunctionsOfTheExtraSchemas() {
        assertThat(api.get("/things?select=loud&loud=eq.RED%20ONE").ask().compact())
                .isEqualTo("200 [{'loud':'RED ONE'}]");
    }
}

package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// What somebody is told who lacks a right.
@Tag("all-postgres")
class AdviceTest {

    private static final String SCHEMA =
            """
            create table public.ungranted (id int primary key);
            revoke all on public.ungranted from anon, authenticated, service_role;
            create table public.unreadable (id int primary key);
            revoke all on public.unreadable from anon;
            grant insert, update, delete on public.unreadable to anon;
            create table public.guarded (id int primary key, note text);
            alter table public.guarded enable row level security;
            grant all on public.guarded to anon;
            create table public.written (id int primary key);
            alter table public.written enable row level security;
            grant all on public.written to anon;
            create policy writing on public.written for insert to anon with check (id < 10);
            create table public.narrow (id int primary key);
            alter table public.narrow enable row level security;
            grant all on public.narrow to anon;
            create policy reading on public.narrow for select using (id < 100);
            create policy "Changing it" on public.narrow for update to anon using (true)
                with check (id < 10);
            insert into public.narrow values (1);
            create table public.restricted (id int primary key);
            alter table public.restricted enable row level security;
            grant all on public.restricted to anon;
            create policy anything on public.restricted to anon using (true);
            create policy odd on public.restricted as restrictive for insert to anon
                with check (id % 2 = 1);
            create table public.numbered (id serial primary key, name text);
            revoke all on sequence public.numbered_id_seq from anon;
            grant all on public.numbered to anon;
            create function public.kept() returns int language sql as 'select 1';
            revoke execute on function public.kept() from public, anon;
            create schema closed;
            create function public.peek() returns bigint language plpgsql
                as 'begin return (select count(*) from closed.things); end';
            create table closed.things (id int);
            """;

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(SCHEMA);
    }

    private static String hint(TestApi.Call call) {
        TestApi.Reply reply = call.ask();
        assertThat(reply.refusal()).endsWith("42501");
        return reply.json().path("hint").asText();
    }

    private static String hint(String relation, String preference) {
        return hint(api.post("/" + relation, "{\"id\":5}").prefer(preference));
    }

    /// The statements at the end of a hint.
    private static String mending(String hint) {
        int policy = hint.indexOf("create policy ");
        return hint.substring(policy < 0 ? hint.lastIndexOf("grant ") : policy);
    }

    @Test
    void namesTheGrantThatIsMissing() {
        assertThat(hint(api.get("/ungranted")))
                .isEqualTo(
                        "A grant is missing, not a policy: role anon lacks select on"
                                + " public.ungranted. grant select on public.ungranted to anon;");
        assertThat(hint(api.get("/ungranted").as("u"))).contains("authenticated");
    }

    @Test
    void namesEveryGrantThatAWriteNeeds() {
        assertThat(hint("ungranted", "return=representation"))
                .endsWith("grant select, insert on public.ungranted to anon;");
        assertThat(hint("ungranted", "return=minimal"))
                .endsWith("grant insert on public.ungranted to anon;");
        assertThat(hint(api.patch("/ungranted?id=eq.1", "{\"id\":2}")))
                .endsWith("grant select, update on public.ungranted to anon;");
        assertThat(hint(api.delete("/ungranted?id=eq.1")))
                .endsWith("grant select, delete on public.ungranted to anon;");
    }

    @Test
    void namesTheGrantThatAFilterNeeds() {
        assertThat(hint(api.delete("/unreadable?id=eq.1")))
                .endsWith("grant select on public.unreadable to anon;");
    }

    @Test
    void namesThePolicyThatAnInsertNeeds() {
        assertThat(hint("guarded", "return=minimal"))
                .isEqualTo(
                        "A policy is missing, no grant: row level security is on for"
                                + " public.guarded and no policy lets role anon insert. create"
                                + " policy \"insert for anon\" on public.guarded for insert to"
                                + " anon with check (true);");
    }

    @Test
    void namesThePolicyThatReadingBackNeeds() {
        assertThat(api.post("/written", "{\"id\":1}").ask().status()).isEqualTo(201);
        assertThat(hint("written", "return=representation"))
                .contains("no policy lets role anon select.", "return=representation")
                .endsWith(
                        "create policy \"select for anon\" on public.written for select to anon"
                                + " using (true);");
    }

    @Test
    void namesThePoliciesThatRefuseARow() {
        assertThat(hint(api.patch("/narrow?id=eq.1", "{\"id\":50}")))
                .isEqualTo(
                        "A policy refuses the row, no grant is missing. Of each the row must pass"
                                + " one: for select reading; for update \"Changing it\".");
    }

    @Test
    void namesTheRestrictionThatRefusesARow() {
        assertThat(hint(api.post("/restricted", "{\"id\":2}")))
                .isEqualTo(
                        "The restrictive policy odd on public.restricted refuses the row, no grant"
                                + " is missing.");
    }

    @Test
    void namesGrantsOnOtherThings() {
        assertThat(hint(api.post("/numbered", "{\"name\":\"x\"}")))
                .endsWith("grant usage on sequence public.numbered_id_seq to anon;");
        assertThat(hint(api.post("/rpc/kept", "{}")))
                .endsWith("grant execute on function public.kept() to anon;");
        assertThat(hint(api.post("/rpc/peek", "{}")))
                .endsWith("grant usage on schema closed to anon;");
    }

    @Test
    void saysWhatMendsIt() {
        api.database()
                .execute(
                        "create table public.mended (id int primary key)",
                        "alter table public.mended enable row level security",
                        "revoke all on public.mended from anon");
        api.change("select 1");
        for (int step = 0; step < 2; step++) {
            api.database().execute(mending(hint("mended", "return=representation")));
        }
        assertThat(api.post("/mended", "{\"id\":5}").prefer("return=representation").ask().whole())
                .isEqualTo("201 [{\"id\":5}]");
    }

    @Test
    void saysNothingWhereNothingIsRefused() {
        assertThat(api.get("/guarded").ask().whole()).isEqualTo("200 []");
        assertThat(api.delete("/guarded?id=eq.1").ask().status()).isEqualTo(204);
        assertThat(api.patch("/guarded?id=eq.1", "{\"note\":\"x\"}").ask().status()).isEqualTo(204);
    }

    @Test
    void tellsOnlyTheHolderOfTheSecretKeyOutsideDevelopment() {
        try (var production = TestApi.start(PRODUCTION, SCHEMA)) {
            JsonNode refusal = production.get("/ungranted").ask().json();
            assertThat(refusal.path("code").asText()).isEqualTo("42501");
            assertThat(refusal.path("hint").isNull()).isTrue();
            assertThat(production.post("/guarded", "{\"id\":1}").ask().json().path("hint").isNull())
                    .isTrue();
            assertThat(hint(production.get("/ungranted").asService()))
                    .endsWith("grant select on public.ungranted to service_role;");
        }
    }

    private static final Map<String, String> PRODUCTION =
            Map.of(
                    "HEARTH_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none",
                    "JWT_SECRET", "a-secret-that-is-long-enough-for-tests",
                    "ANON_KEY", "unused-public-key",
                    "SERVICE_ROLE_KEY", "unused-secret-key",
                    "SUPABASE_PUBLISHABLE_KEY", "sb_publishable_of_a_test",
                    "SUPABASE_SECRET_KEY", "sb_secret_of_a_test");
}

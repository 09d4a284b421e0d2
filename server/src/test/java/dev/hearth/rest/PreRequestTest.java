package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// The function that runs before every request, and what it sees and may do.
@Tag("all-postgres")
class PreRequestTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_DB_PRE_REQUEST",
                                "guard.check",
                                "PGRST_APP_SETTINGS_PLACE",
                                "here"),
                        TestApi.resource("/rest/desk.sql"),
                        """
                        create schema guard;
                        grant usage on schema guard to anon, authenticated, service_role;
                        create function guard.check() returns void language plpgsql as $$
                        declare
                            asked json := current_setting('request.headers', true)::json;
                        begin
                            if asked ->> 'x-stop' is not null then
                                raise sqlstate 'PT403' using message = 'stopped';
                            elsif asked ->> 'x-mark' is not null then
                                perform set_config('response.headers',
                                    json_build_array(json_build_object(
                                        'X-Mark', asked ->> 'x-mark'))::text, true);
                            elsif asked ->> 'x-status' is not null then
                                perform set_config('response.status', asked ->> 'x-status', true);
                            elsif asked ->> 'x-role' is not null then
                                perform set_config('role', asked ->> 'x-role', true);
                            end if;
                        end $$;
                        create function public.caller() returns text language sql stable as $$
                            select current_user::text $$;
                        """);
    }

    @Test
    void runsBeforeEveryKindOfRequest() {
        for (String method : new String[] {"GET", "POST", "PATCH", "DELETE"}) {
            assertThat(
                            api.call(method, "/cases?id=eq.1")
                                    .json("{\"id\":1}")
                                    .header("X-Stop", "yes")
                                    .ask()
                                    .said())
                    .as(method)
                    .isEqualTo(
                            "403 {'code':'PT403','details':null,'hint':null,'message':'stopped'}");
        }
    }

    @Test
    void hasASayInTheAnswer() {
        assertThat(api.get("/cases").header("X-Mark", "a").ask().header("X-Mark")).contains("a");
        assertThat(api.head("/cases").header("X-Mark", "a").ask().header("X-Mark")).contains("a");
        assertThat(
                        api.patch("/cases?id=eq.0", "{\"id\":0}")
                                .header("X-Mark", "a")
                                .ask()
                                .header("X-Mark"))
                .contains("a");
        assertThat(api.get("/cases").header("X-Status", "203").ask().status()).isEqualTo(203);
    }

    @Test
    void runsAsTheCallerAndMayChangeTheRole() {
        assertThat(api.get("/rpc/caller").ask().said()).isEqualTo("200 'anon'");
        assertThat(api.get("/rpc/caller").header("X-Role", "authenticated").ask().said())
                .isEqualTo("200 'authenticated'");
        assertThat(api.get("/rpc/caller").header("X-Role", "supabase_admin").ask().refusal())
                .isEqualTo("401 42501");
    }

    @Test
    void tellsSqlWhatTheRequestIs() {
        assertThat(setting("request.method")).isEqualTo("200 'GET'");
        assertThat(setting("request.path")).isEqualTo("200 '/rpc/setting'");
        assertThat(setting("app.settings.place")).isEqualTo("200 'here'");
        assertThat(api.get("/rpc/setting?name=request.headers").header("X-Own", "a").ask().body())
                .contains("\\\"x-own\\\":\\\"a\\\"")
                .doesNotContain("cookie");
        assertThat(
                        api.get("/rpc/setting?name=request.cookies")
                                .header("Cookie", "a=1; b=2")
                                .ask()
                                .whole())
                .isEqualTo("200 \"{\\\"a\\\":\\\"1\\\",\\\"b\\\":\\\"2\\\"}\"");
    }

    @Test
    void tellsSqlWhoAsks() {
        assertThat(api.get("/rpc/setting?name=request.jwt.claims").as("ann").ask().body())
                .contains("\\\"sub\\\":\\\"ann\\\"", "\\\"role\\\":\\\"authenticated\\\"");
        assertThat(setting("role")).isEqualTo("200 'anon'");
        assertThat(api.get("/rpc/setting?name=request.jwt.claims").ask().body())
                .contains("\\\"role\\\":\\\"anon\\\"");
    }

    private static String setting(String name) {
        return api.get("/rpc/setting?name=" + name).ask().said();
    }
}

package dev.hearth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.TestAuth.Reply;
import dev.hearth.exchange.Method;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Triggers that a project's owner puts on `auth.users`.
class UserTriggerTest {

    private TestAuth auth;

    @BeforeEach
    void start() {
        auth = TestAuth.start();
    }

    @AfterEach
    void stop() {
        auth.close();
    }

    private void trigger(String when, String body) {
        auth.database.execute(
                """
                create function public.on_user() returns trigger language plpgsql security definer
                set search_path = '' as $$ begin %s end $$\
                """
                        .formatted(body),
                "create trigger on_user %s on auth.users for each row execute function public.on_user()"
                        .formatted(when));
    }

    private Reply signUp() {
        return auth.call(Method.POST, "/auth/v1/signup")
                .body("{\"data\":{\"nick\":\"ann\"}}")
                .ask();
    }

    @Test
    void makeProfilesOfNewUsers() {
        auth.database.execute(
                "create table public.profiles (id uuid primary key references auth.users on delete"
                        + " cascade, nick text)");
        trigger(
                "after insert",
                """
                insert into public.profiles values (new.id, new.raw_user_meta_data ->> 'nick');
                return new;\
                """);
        JsonNode user = signUp().json().path("user");

        assertThat(auth.database.ask("select concat_ws('|', id, nick) from public.profiles"))
                .isEqualTo(user.path("id").asText() + "|ann");
    }

    @Test
    void seeTheInsertWithoutARole() {
        auth.database.execute("create table public.seen (step serial, what text)");
        trigger(
                "after insert or update",
                """
                insert into public.seen (what) values (concat_ws(' ', lower(tg_op),
                    '[' || new.role || ']', new.last_sign_in_at is not null));
                return new;\
                """);
        signUp();

        assertThat(
                        auth.database.ask(
                                "select string_agg(what, ', ' order by step) from public.seen"))
                .isEqualTo("insert [] f, update [authenticated] f, update [authenticated] t");
    }

    @Test
    void mayChangeWhatIsWritten() {
        trigger("before insert", "new.raw_app_meta_data = '{\"team\": \"red\"}'; return new;");

        assertThat(signUp().json().path("user").path("app_metadata").toString())
                .isEqualTo("{\"team\":\"red\"}");
    }

    @Test
    void refuseInNewShapeWithoutTheirWords() {
        trigger("before insert", "raise exception 'no room for %', new.id; return new;");
        Reply reply = signUp();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":\"unexpected_failure\","
                                + "\"message\":\"Database error creating anonymous user\"}");
        assertThat(auth.database.ask("select count(*) from auth.users")).isEqualTo("0");
    }

    @Test
    void refuseInOldShapeWithTheirWords() {
        trigger(
                "before insert",
                "raise exception 'no room' using hint = 'make some', detail = 'full'; return new;");
        Reply reply = auth.call(Method.POST, "/auth/v1/signup").withoutVersion().body("{}").ask();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":\"P0001\",\"message\":\"no room\",\"hint\":\"make some\","
                                + "\"detail\":\"full\"}");
    }

    @Test
    void chooseTheStatusOfTheOldShape() {
        trigger("before insert", "raise exception 'not you' using errcode = 'PT403'; return new;");
        Reply reply = auth.call(Method.POST, "/auth/v1/signup").withoutVersion().body("{}").ask();

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).isEqualTo("{\"code\":\"PT403\",\"message\":\"not you\"}");
    }

    @Test
    void areToldByStateAndFunctionWhenTheyFail() {
        trigger("before insert", "insert into public.nowhere values (new.id); return new;");
        signUp();

        assertThat(auth.events)
                .filteredOn(event -> event instanceof AuthEvent.DatabaseRefused)
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(event.fields().toString())
                                        .isEqualTo(
                                                "{request=request-1, sqlstate=42P01,"
                                                        + " function=public.on_user, object=-}"));
    }

    @Test
    void refuseChangesToo() {
        JsonNode session = signUp().json();
        trigger("before update", "raise exception 'frozen'; return new;");
        Reply reply =
                auth.call(Method.PUT, "/auth/v1/user")
                        .bearer(session)
                        .body("{\"data\":{\"a\":1}}")
                        .ask();

        assertThat(reply.body())
                .isEqualTo("{\"code\":\"unexpected_failure\",\"message\":\"Error updating user\"}");
    }
}

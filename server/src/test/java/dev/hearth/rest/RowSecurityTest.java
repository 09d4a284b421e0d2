package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same read as nobody, as one user, as another, and as the service.
@Tag("all-postgres")
class RowSecurityTest {

    private static final String ANNA = "00000000-0000-0000-0000-00000000000a";
    private static final String BERT = "00000000-0000-0000-0000-00000000000b";

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        """
                        create table notes (
                            id int primary key, owner uuid, open boolean not null, words text);
                        create table remarks (
                            id int primary key, note_id int references notes, words text);
                        create table vault (id int primary key, secret text);
                        create table half (id int primary key, hidden text);
                        insert into notes values
                            (1, '%1$s', false, 'of anna'), (2, '%2$s', false, 'of bert'),
                            (3, '%2$s', true, 'for all');
                        insert into remarks values (1, 1, 'on 1'), (2, 2, 'on 2'), (3, 3, 'on 3');
                        insert into vault values (1, 'gold');
                        insert into half values (1, 'dark');
                        alter table notes enable row level security;
                        create policy open_ones on notes for select using (open);
                        create policy own_ones on notes for select to authenticated
                            using (owner = auth.uid());
                        create view all_notes as select id, words from notes;
                        create view seen_notes with (security_invoker = true) as
                            select id, words from notes;
                        create function note_count() returns bigint stable language sql as
                            'select count(*) from notes';
                        create function true_count() returns bigint stable security definer language sql as
                            'select count(*) from public.notes';
                        grant select on notes, remarks, all_notes, seen_notes
                            to anon, authenticated, service_role;
                        revoke all on vault, half from anon, authenticated;
                        grant select on vault to authenticated, service_role;
                        grant select (id) on half to anon;
                        """
                                .formatted(ANNA, BERT));
    }

    /// What nobody, Anna, Bert and the service see.
    private static String each(String target) {
        return String.join(
                " | ",
                api.get(target).ask().compact(),
                api.get(target).as(ANNA).ask().compact(),
                api.get(target).as(BERT).ask().compact(),
                api.get(target).asService().ask().compact());
    }

    @Test
    void showsEachCallerTheRowsOfItsPolicies() {
        assertThat(each("/notes?select=id&order=id"))
                .isEqualTo(
                        "200 [{'id':3}] | 200 [{'id':1},{'id':3}] | 200 [{'id':2},{'id':3}] |"
                                + " 200 [{'id':1},{'id':2},{'id':3}]");
    }

    @Test
    void embedsOnlyRowsThatTheCallerSees() {
        assertThat(each("/remarks?select=id,notes(words)&id=lt.3&order=id"))
                .isEqualTo(
                        "200 [{'id':1,'notes':null},{'id':2,'notes':null}] | 200"
                            + " [{'id':1,'notes':{'words':'of anna'}},{'id':2,'notes':null}] | 200"
                            + " [{'id':1,'notes':null},{'id':2,'notes':{'words':'of bert'}}] | 200"
                            + " [{'id':1,'notes':{'words':'of anna'}},{'id':2,'notes':{'words':'of"
                            + " bert'}}]");
    }

    @Test
    void joinsInnerOnRowsThatTheCallerSees() {
        assertThat(each("/remarks?select=id,notes!inner()&order=id"))
                .isEqualTo(
                        "200 [{'id':3}] | 200 [{'id':1},{'id':3}] | 200 [{'id':2},{'id':3}] |"
                                + " 200 [{'id':1},{'id':2},{'id':3}]");
    }

    @Test
    void aggregatesRowsThatTheCallerSees() {
        assertThat(each("/notes?select=count()"))
                .isEqualTo(
                        "200 [{'count':1}] | 200 [{'count':2}] | 200 [{'count':2}] |"
                                + " 200 [{'count':3}]");
    }

    @Test
    void countsRowsThatTheCallerSees() {
        assertThat(api.get("/notes").prefer("count=exact").ask().header("Content-Range"))
                .contains("0-0/1");
        assertThat(api.get("/notes").as(ANNA).prefer("count=exact").ask().header("Content-Range"))
                .contains("0-1/2");
        assertThat(
                        api.head("/notes")
                                .asService()
                                .prefer("count=exact")
                                .ask()
                                .header("Content-Range"))
                .contains("0-2/3");
    }

    @Test
    void letsFunctionsSeeWhatTheirCallerSees() {
        assertThat(each("/rpc/note_count")).isEqualTo("200 1 | 200 2 | 200 2 | 200 3");
        assertThat(each("/rpc/true_count")).isEqualTo("200 3 | 200 3 | 200 3 | 200 3");
    }

    @Test
    void showsThroughAViewWhatItsOwnerOrItsCallerSees() {
        assertThat(api.get("/all_notes?select=id").ask().json()).hasSize(3);
        assertThat(api.get("/seen_notes?select=id").ask().compact()).isEqualTo("200 [{'id':3}]");
        assertThat(api.get("/seen_notes?select=id&order=id").as(ANNA).ask().compact())
                .isEqualTo("200 [{'id':1},{'id':3}]");
    }

    @Test
    void sendsNobodyToLogInAndForbidsAUser() {
        assertThat(api.get("/vault").ask().refusal()).isEqualTo("401 42501");
        assertThat(api.get("/vault").ask().header("WWW-Authenticate")).contains("Bearer");
        assertThat(api.get("/vault").as(ANNA).ask().compact())
                .isEqualTo("200 [{'id':1,'secret':'gold'}]");
        assertThat(api.get("/half").as(ANNA).ask().refusal()).isEqualTo("403 42501");
    }

    @Test
    void showsTheColumnsThatAreGranted() {
        assertThat(api.get("/half?select=id").ask().compact()).isEqualTo("200 [{'id':1}]");
        assertThat(api.get("/half").ask().refusal()).isEqualTo("401 42501");
        assertThat(api.get("/half?select=id&hidden=eq.dark").ask().refusal())
                .isEqualTo("401 42501");
    }

    @Test
    void keepsNothingOfOneCallerForTheNext() {
        for (int round = 0; round < 12; round++) {
            assertThat(each("/notes?select=id&id=eq.1"))
                    .isEqualTo("200 [] | 200 [{'id':1}] | 200 [] | 200 [{'id':1}]");
        }
    }
}

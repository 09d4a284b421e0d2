package dev.hearth.database;

import static dev.hearth.database.SupportChatDatabase.DENIED;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.database.SupportChatDatabase.Caller;
import dev.hearth.database.SupportChatDatabase.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

@Tag("all-postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SupportChatMirrorTest {
    private static final Caller ANN = Caller.user("ann");
    private static final Caller VIC = Caller.user("vic");
    private static final Outcome ONE_ROW = new Outcome.Rows(1);

    private static final String VIC_OPENS_ONE =
            """
            insert into conversations (id, organization_id, widget_user_id, tags, customer_name)
            values ({new}, {acme}, {vic}, '{"a","b"}', 'Vic')
            """;
    private static final String ANN_CHANGES_ONE =
            "update conversations set status = 'pending', priority = 'urgent' where id = {vics}";
    private static final String AS_INVOKER =
            "alter function sync_realtime_conversations() security invoker";
    private static final String AS_DEFINER =
            "alter function sync_realtime_conversations() security definer";

    @AutoClose private final SupportChatDatabase chat = SupportChatDatabase.create();

    @AfterEach
    void reset() {
        chat.reset();
    }

    @Test
    void aVisitorsInsertAppearsWithScalars() {
        chat.commit(VIC, VIC_OPENS_ONE);

        assertThat(mirrorOf("{new}"))
                .containsExactly("Vic open normal widget a,b 2 auto 0 same time");
    }

    @Test
    void anAgentsUpdateAppears() {
        chat.commit(ANN, ANN_CHANGES_ONE);

        assertThat(mirrorOf("{vics}"))
                .containsExactly("- pending urgent widget red,blue 2 auto 0 same time");
    }

    @Test
    void aConversationWithoutTagsHasACountOfZero() {
        assertThat(mirrorOf("{unas}")).containsExactly("- open normal widget  0 auto 0 same time");
    }

    @Test
    void aDeleteTakesTheMirrorRowAlong() {
        chat.run("delete from conversations where id = {vics}");

        assertThat(mirrorOf("{vics}")).isEmpty();
    }

    @Test
    void aNewKeyLeavesNoRowBehind() {
        chat.run("update conversations set id = {new} where id = {vics_old}");

        assertThat(chat.ask("select id from realtime_conversations where id = {vics_old}"))
                .isEmpty();
        assertThat(mirrorOf("{new}")).hasSize(1);
    }

    @Test
    void truncateEmptiesTheMirror() {
        chat.run("truncate conversations cascade");

        assertThat(chat.ask("select id from realtime_conversations")).isEmpty();
    }

    @Test
    void aRolledBackWriteLeavesTheMirrorAlone() {
        chat.attempt(VIC, VIC_OPENS_ONE);

        assertThat(mirrorOf("{new}")).isEmpty();
    }

    @Test
    void aTriggerThatRunsAsItsCallerFailsVisitorAndAgent() {
        chat.run(AS_INVOKER);

        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(DENIED);
        assertThat(chat.attempt(ANN, ANN_CHANGES_ONE)).isEqualTo(DENIED);
    }

    @Test
    void oneAlterFunctionHealsIt() {
        chat.run(AS_INVOKER);
        chat.run(AS_DEFINER);

        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(ONE_ROW);
        assertThat(chat.attempt(ANN, ANN_CHANGES_ONE)).isEqualTo(ONE_ROW);
    }

    /// An upsert with a conflict target asks a SELECT policy too, conflict or not.
    @Test
    void insertAndUpdatePoliciesAloneDoNotHealIt() {
        chat.run(AS_INVOKER);
        chat.run("grant select, insert, update on realtime_conversations to authenticated");

        var withoutSelect = "drop policy realtime_conv_select on realtime_conversations";

        assertThat(chat.attempt(withoutSelect, VIC, VIC_OPENS_ONE)).isEqualTo(DENIED);
        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(ONE_ROW);
    }

    /// `postgres` itself has BYPASSRLS, which passes a forced table too; owners elsewhere do not.
    @Test
    void forcedRowSecurityFailsAnOwnerWithoutBypass() {
        giveMirrorToAnOrdinaryOwner();
        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(ONE_ROW);

        chat.run("alter table realtime_conversations force row level security");
        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(DENIED);

        chat.run("alter table realtime_conversations no force row level security");
        assertThat(chat.attempt(VIC, VIC_OPENS_ONE)).isEqualTo(ONE_ROW);
    }

    private void giveMirrorToAnOrdinaryOwner() {
        chat.run(
                """
                do $$
                begin
                    if to_regrole('ordinary_owner') is null then
                        create role ordinary_owner nologin;
                    end if;
                end
                $$;
                grant ordinary_owner to postgres;
                grant usage, create on schema public to ordinary_owner;
                grant usage on schema app, auth to ordinary_owner;
                grant execute on function app.agent_org() to ordinary_owner;
                grant select on conversations to ordinary_owner;
                alter table realtime_conversations owner to ordinary_owner;
                alter function sync_realtime_conversations() owner to ordinary_owner;
                """);
    }

    @Test
    void driftIsFalseWhileTheTriggerWorks() {
        chat.commit(VIC, VIC_OPENS_ONE);

        assertThat(drift()).containsExactly("4 4 f f");
    }

    @Test
    void driftTellsOfAMissingRow() {
        chat.run("delete from realtime_conversations where id = {vics}");

        assertThat(drift()).containsExactly("3 2 t t");
    }

    @Test
    void driftTellsOfAnotherUpdatedAt() {
        chat.run(
                "update realtime_conversations set updated_at = updated_at + interval '1 us'"
                        + " where id = {vics}");

        assertThat(drift()).containsExactly("3 3 t t");
    }

    @Test
    void driftTellsOfAForgedValue() {
        chat.run("update realtime_conversations set subject = 'forged' where id = {vics}");

        assertThat(drift()).containsExactly("3 3 t t");
    }

    @Test
    void resyncRepairsMissingSurplusAndForgedRows() {
        chat.run(
                """
                delete from realtime_conversations where id = {vics};
                insert into realtime_conversations (id, organization_id) values ({new}, {acme});
                update realtime_conversations set subject = 'forged' where id = {unas};
                """);

        assertThat(chat.ask("select format('%s %s', written, removed)" + RESYNC))
                .containsExactly("2 1");
        assertThat(drift()).containsExactly("3 3 f f");
    }

    private static final String RESYNC = " from app.resync_realtime_conversations()";

    @Test
    void resyncLeavesRowsThatAgreeAlone() {
        assertThat(chat.ask("select format('%s %s', written, removed)" + RESYNC))
                .containsExactly("0 0");
    }

    @Test
    void onlyTheBackendMayRepairAndAsk() {
        var backend = new Caller("service_role", Optional.empty());

        for (var call :
                List.of("select 1" + RESYNC, "select 1 from app.realtime_conversations_drift()")) {
            assertThat(chat.attempt(backend, call)).as(call).isEqualTo(ONE_ROW);
            assertThat(chat.attempt(ANN, call)).as(call).isEqualTo(DENIED);
            assertThat(chat.attempt(Caller.nobody(), call)).as(call).isEqualTo(DENIED);
        }
    }

    @Test
    void theDebugSetOpensTheChatAndItsRemovalClosesItAgain() {
        var before = chat.ask(SupportChatFiles.CATALOG);
        var forged =
                "insert into realtime_conversations (id, organization_id) values ({new}, {bolt})";

        chat.run("set hearth.environment = 'development'; " + file("debug_policies.sql"));
        assertThat(chat.attempt(Caller.nobody(), forged)).isEqualTo(ONE_ROW);
        assertThat(chat.attempt(Caller.nobody(), "select 1 from conversations"))
                .isEqualTo(new Outcome.Rows(3));

        chat.run(file("debug_policies_remove.sql"));
        assertThat(chat.ask(SupportChatFiles.CATALOG)).isEqualTo(before);
        assertThat(chat.attempt(Caller.nobody(), forged)).isEqualTo(DENIED);
    }

    @Test
    void theDebugSetRunsOnADatabaseOfDevelopmentUntilItIsNoneAnyMore() throws SQLException {
        chat.environment(true);
        assertThat(chat.attempt(file("debug_policies.sql"), Caller.nobody(), "select 1"))
                .isEqualTo(ONE_ROW);

        chat.environment(false);
        assertThat(chat.attempt(file("debug_policies.sql"), Caller.nobody(), "select 1"))
                .isEqualTo(DENIED);
    }

    @Test
    void theDebugSetIsRefusedOutsideDevelopment() {
        assertThat(chat.attempt(file("debug_policies.sql"), ANN, "select 1")).isEqualTo(DENIED);
    }

    private static String file(String name) {
        return SupportChatFiles.read(name);
    }

    private List<String> drift() {
        return chat.ask(
                """
                select format('%s %s %s %s', source_rows, mirror_rows, drifted,
                    source_checksum <> mirror_checksum)
                from app.realtime_conversations_drift()
                """);
    }

    private List<String> mirrorOf(String id) {
        return chat.ask(
                """
                select concat_ws(' ', coalesce(m.customer_name, '-'), m.status, m.priority,
                    m.channel, m.tags_text, m.tag_count, m.ai_mode, m.unread_count,
                    case when m.updated_at = c.updated_at and m.created_at = c.created_at
                        and m.organization_id = c.organization_id then 'same time' end)
                from realtime_conversations m join conversations c using (id) where id =\
                """
                        + id);
    }
}

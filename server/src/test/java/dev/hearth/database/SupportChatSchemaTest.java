package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;

/// What an application finds: tables, policies, rights and publication, by the names it knows.
@Tag("all-postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SupportChatSchemaTest {
    @AutoClose private final SupportChatDatabase chat = SupportChatDatabase.empty();

    @Test
    void theMirrorHasTheScalarsOfConversationsByName() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s', column_name, data_type)
                                from information_schema.columns
                                where table_name = 'realtime_conversations'
                                order by ordinal_position
                                """))
                .containsExactly(
                        "id uuid",
                        "organization_id uuid",
                        "customer_name text",
                        "customer_email text",
                        "subject text",
                        "status text",
                        "priority text",
                        "channel text",
                        "tags_text text",
                        "tag_count integer",
                        "assigned_agent_id uuid",
                        "ai_mode text",
                        "last_message_at timestamp with time zone",
                        "last_message_preview text",
                        "unread_count integer",
                        "created_at timestamp with time zone",
                        "updated_at timestamp with time zone");
    }

    @Test
    void theMirrorIsWrittenByTheNamedTriggerAsItsOwner() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s %s %s', t.tgname, p.prosecdef, p.proconfig,
                                    p.proowner = c.relowner)
                                from pg_trigger t
                                join pg_proc p on p.oid = t.tgfoid
                                join pg_class c on c.relname = 'realtime_conversations'
                                where t.tgrelid = 'conversations'::regclass
                                  and p.proname = 'sync_realtime_conversations'
                                order by 1
                                """))
                .containsExactly(
                        "sync_realtime_conversations_trigger t {\"search_path=\\\"\\\"\"} t",
                        "sync_realtime_conversations_truncate_trigger t"
                                + " {\"search_path=\\\"\\\"\"} t");
        assertThat(
                        chat.ask(
                                """
                                select pg_get_triggerdef(oid) from pg_trigger
                                where tgname = 'sync_realtime_conversations_trigger'
                                """))
                .containsExactly(
                        "CREATE TRIGGER sync_realtime_conversations_trigger AFTER INSERT OR DELETE"
                                + " OR UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION"
                                + " sync_realtime_conversations()");
    }

    @Test
    void policiesHaveTheirNamesCommandsAndRoles() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s.%s %s %s', tablename, policyname, cmd, roles)
                                from pg_policies where schemaname = 'public'
                                order by tablename, policyname
                                """))
                .containsExactly(
                        "ai_suggestions.suggestions_agents SELECT {authenticated}",
                        "ai_suggestions.suggestions_agents_update UPDATE {authenticated}",
                        "conversations.conversations_agent_all ALL {authenticated}",
                        "conversations.conversations_widget_insert INSERT {anon,authenticated}",
                        "conversations.conversations_widget_select SELECT {anon,authenticated}",
                        "messages.messages_agent_insert INSERT {authenticated}",
                        "messages.messages_agent_select SELECT {authenticated}",
                        "messages.messages_widget_insert INSERT {anon,authenticated}",
                        "messages.messages_widget_select SELECT {anon,authenticated}",
                        "organizations.org_read_member SELECT {authenticated}",
                        "profiles.profiles_read_org SELECT {authenticated}",
                        "profiles.profiles_update_self UPDATE {authenticated}",
                        "read_receipts.receipts_participants SELECT {authenticated}",
                        "read_receipts.receipts_participants_insert INSERT {authenticated}",
                        "realtime_conversations.realtime_conv_insert INSERT {anon,authenticated}",
                        "realtime_conversations.realtime_conv_select SELECT {authenticated}",
                        "realtime_conversations.realtime_conv_update UPDATE {anon,authenticated}",
                        "typing_indicators.typing_delete_own DELETE {anon,authenticated}",
                        "typing_indicators.typing_participants ALL {anon,authenticated}",
                        "typing_indicators.typing_update_own UPDATE {anon,authenticated}");
    }

    @Test
    void everyTableHasRowSecurityWithoutForce() {
        assertThat(
                        chat.ask(
                                """
                                select relname from pg_class
                                where relnamespace = 'public'::regnamespace and relkind = 'r'
                                  and (not relrowsecurity or relforcerowsecurity)
                                """))
                .isEmpty();
    }

    @Test
    void rolesHaveTheRightsTheyNeedAndNoOther() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s: %s', g.grantee::regrole, c.relname,
                                    string_agg(lower(g.privilege_type), ' ' order by g.privilege_type))
                                from pg_class c, aclexplode(c.relacl) g
                                where c.relnamespace = 'public'::regnamespace
                                  and g.grantee <> c.relowner and g.grantee <> 'service_role'::regrole
                                group by g.grantee, c.relname
                                order by 1
                                """))
                .containsExactly(
                        "anon conversations: insert select update",
                        "anon messages: insert select",
                        "anon typing_indicators: delete insert select update",
                        "authenticated ai_suggestions: select update",
                        "authenticated conversations: insert select update",
                        "authenticated messages: insert select",
                        "authenticated organizations: select",
                        "authenticated profiles: select",
                        "authenticated read_receipts: insert select",
                        "authenticated realtime_conversations: select",
                        "authenticated typing_indicators: delete insert select update");
    }

    @Test
    void agentsMayChangeThreeColumnsOfTheirProfile() {
        assertThat(
                        chat.ask(
                                """
                                select column_name from information_schema.column_privileges
                                where grantee = 'authenticated' and privilege_type = 'UPDATE'
                                  and table_name = 'profiles'
                                order by 1
                                """))
                .containsExactly("availability", "avatar_url", "full_name");
    }

    @Test
    void nobodyMayTruncateReferToOrHangTriggersOnATable() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s', g.grantee::regrole, c.relname)
                                from pg_class c, aclexplode(c.relacl) g
                                where c.relnamespace = 'public'::regnamespace
                                  and g.grantee <> c.relowner
                                  and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
                                """))
                .isEmpty();
    }

    @Test
    void thePublicationHoldsTheFourTablesWithTheirColumns() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s', tablename, attnames)
                                from pg_publication_tables where pubname = 'supabase_realtime'
                                order by 1
                                """))
                .containsExactly(
                        "conversations"
                            + " {id,organization_id,customer_name,customer_email,created_at,updated_at}",
                        "messages"
                            + " {id,conversation_id,organization_id,content,sender_type,sender_name,"
                            + "sender_email,created_at}",
                        "realtime_conversations"
                            + " {id,organization_id,customer_name,customer_email,subject,status,"
                            + "priority,channel,tags_text,tag_count,assigned_agent_id,ai_mode,last_message_at,"
                            + "last_message_preview,unread_count,created_at,updated_at}",
                        "typing_indicators"
                            + " {conversation_id,user_key,organization_id,display_name,is_typing,"
                            + "updated_at,expires_at}");
    }

    @Test
    void everyPublishedColumnIsAScalar() {
        assertThat(
                        chat.ask(
                                """
                                select distinct format_type(a.atttypid, null)
                                from pg_publication_tables p
                                join pg_attribute a on a.attrelid = format('%I.%I', p.schemaname, p.tablename)::regclass
                                    and a.attname = any (p.attnames)
                                where p.pubname = 'supabase_realtime'
                                order by 1
                                """))
                .containsExactly("boolean", "integer", "text", "timestamp with time zone", "uuid");
    }

    @Test
    void helpersArePinnedAndClosed() {
        assertThat(
                        chat.ask(
                                """
                                select format('%s %s %s %s', p.oid::regprocedure, p.prosecdef, p.proconfig[1],
                                    (select string_agg(g.grantee::regrole::text, ',' order by 1)
                                     from aclexplode(p.proacl) g where g.grantee <> p.proowner))
                                from pg_proc p where p.pronamespace = 'app'::regnamespace
                                order by p.proname
                                """))
                .containsExactly(
                        "app.agent_org() t search_path=\"\" authenticated",
                        "app.is_agent() t search_path=\"\" authenticated",
                        "app.is_agent_of_topic(text) t search_path=\"\" authenticated",
                        "app.is_visitor_of_topic(text) t search_path=\"\" anon,authenticated",
                        "app.realtime_conversations_drift() t search_path=\"\" service_role",
                        "app.resync_realtime_conversations() t search_path=\"\" service_role",
                        "app.set_updated_at() f search_path=\"\" ",
                        "app.widget_org() t search_path=\"\" anon,authenticated");
    }

    @Test
    void policiesReadNothingThatASocketLacksOrAUserWrites() {
        assertThat(
                        chat.ask(
                                """
                                select policyname from pg_policies
                                where concat(qual, with_check) ~ 'request\\.|user_metadata'
                                """))
                .isEmpty();
    }

    /// A call outside a sub-select runs once a row.
    @Test
    void policiesWrapEveryHelperCall() {
        assertThat(
                        chat.ask(
                                """
                                select policyname from pg_policies
                                where schemaname = 'public'
                                  and regexp_count(concat(qual, with_check), '(app|auth)\\.\\w+\\(')
                                    <> regexp_count(concat(qual, with_check), 'SELECT (app|auth)\\.\\w+\\(')
                                """))
                .isEmpty();
    }

    @Test
    void columnsThatPoliciesFilterByLeadAnIndex() {
        var filtered =
                List.of(
                        "organizations.id",
                        "profiles.user_id",
                        "profiles.organization_id",
                        "widget_sessions.user_id",
                        "conversations.organization_id",
                        "conversations.widget_user_id",
                        "messages.organization_id",
                        "messages.conversation_id",
                        "realtime_conversations.id",
                        "realtime_conversations.organization_id",
                        "typing_indicators.conversation_id",
                        "read_receipts.conversation_id",
                        "ai_suggestions.organization_id");

        assertThat(
                        chat.ask(
                                """
                                select format('%s.%s', i.indrelid::regclass, a.attname)
                                from pg_index i
                                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                                where i.indpred is null
                                """))
                .containsAll(filtered);
    }

    @Test
    void updatedAtIsKeptByTrigger() {
        assertThat(
                        chat.ask(
                                """
                                select tgrelid::regclass from pg_trigger
                                where tgname = 'set_updated_at' order by 1
                                """))
                .containsExactlyInAnyOrder("conversations", "profiles");
    }

    @Test
    void runningEveryFileAgainChangesNothing() {
        var before = chat.ask(SupportChatFiles.CATALOG);

        SupportChatFiles.MIGRATIONS.forEach(file -> chat.run(SupportChatFiles.read(file)));

        assertThat(chat.ask(SupportChatFiles.CATALOG)).isEqualTo(before);
    }

    @Test
    void theServerRunsEachFileOnce() {
        var history =
                "select script from supabase_migrations.hearth_support_chat where version > '0'";

        chat.migrate();

        assertThat(chat.ask(history)).containsExactlyElementsOf(SupportChatFiles.MIGRATIONS);
    }

    @Test
    void tablesOfOthersStayPublished() {
        chat.run(
                """
                create table notes (id int primary key, rank int);
                alter publication supabase_realtime add table notes (id) where (id > 0);
                """);
        try {
            chat.run(SupportChatFiles.read("V004__realtime.sql"));

            assertThat(
                            chat.ask(
                                    """
                                    select format('%s %s', attnames, rowfilter)
                                    from pg_publication_tables where tablename = 'notes'
                                    """))
                    .containsExactly("{id} (id > 0)");
        } finally {
            chat.run("drop table notes");
        }
    }
}

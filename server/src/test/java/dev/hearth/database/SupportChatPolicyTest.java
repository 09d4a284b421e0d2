package dev.hearth.database;

import static dev.hearth.database.SupportChatDatabase.DENIED;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.database.SupportChatDatabase.Caller;
import dev.hearth.database.SupportChatDatabase.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SupportChatPolicyTest {
    private static final Caller ANN = Caller.user("ann");
    private static final Caller BOB = Caller.user("bob");
    private static final Caller VIC = Caller.user("vic");
    private static final Caller UNA = Caller.user("una");

    private SupportChatDatabase chat = SupportChatDatabase.create();

    /// One question to one policy; `preparation` runs before as `postgres`.
    record Case(String policy, String preparation, Caller caller, String sql, Outcome expected) {
        @Override
        public String toString() {
            var answer = expected.equals(rows(1)) ? "allows" : "denies";
            return "%s %s %s: %s".formatted(policy, answer, caller, sql);
        }
    }

    @AfterAll
    void dropDatabase() {
        chat.close();
    }

    @BeforeAll
    void makePartitionsOfToday() {
        chat.run("select realtime.create_message_partitions()");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void policyDecides(Case question) {
        assertThat(chat.attempt(question.preparation(), question.caller(), question.sql()))
                .isEqualTo(question.expected());
    }

    @Test
    void everyPolicyHasAnAllowedAndADeniedCase() {
        var policies =
                chat.ask(
                        """
                        select policyname from pg_policies
                        where schemaname = 'public'
                           or schemaname = 'realtime' and policyname like 'channel%'
                        """);

        assertThat(cases().filter(c -> c.expected().equals(rows(1))).map(Case::policy).distinct())
                .containsExactlyInAnyOrderElementsOf(policies);
        assertThat(cases().filter(c -> !c.expected().equals(rows(1))).map(Case::policy).distinct())
                .containsExactlyInAnyOrderElementsOf(policies);
    }

    static Stream<Case> cases() {
        return Stream.of(
                        people(),
                        conversations(),
                        messages(),
                        insideConversations(),
                        mirror(),
                        channels())
                .flatMap(List::stream);
    }

    private static List<Case> people() {
        return List.of(
                on(
                        "org_read_member",
                        ANN,
                        "select id from organizations where id = {acme}",
                        rows(1)),
                on(
                        "org_read_member",
                        VIC,
                        "select id from organizations where id = {acme}",
                        rows(1)),
                on(
                        "org_read_member",
                        ANN,
                        "select id from organizations where id = {bolt}",
                        rows(0)),
                on(
                        "org_read_member",
                        VIC,
                        "select id from organizations where id = {bolt}",
                        rows(0)),
                on(
                        "profiles_read_org",
                        ANN,
                        "select 1 from profiles where user_id = {abe}",
                        rows(1)),
                on(
                        "profiles_read_org",
                        BOB,
                        "select 1 from profiles where user_id = {abe}",
                        rows(0)),
                on(
                        "profiles_read_org",
                        VIC,
                        "select 1 from profiles where user_id = {abe}",
                        rows(0)),
                on(
                        "profiles_update_self",
                        ANN,
                        "update profiles set availability = 'online' where user_id = {ann}",
                        rows(1)),
                on(
                        "profiles_update_self",
                        ANN,
                        "update profiles set availability = 'away' where user_id = {abe}",
                        rows(0)),
                on(
                        "profiles_update_self",
                        ANN,
                        "update profiles set role = 'owner' where user_id = {ann}",
                        DENIED));
    }

    private static List<Case> conversations() {
        return List.of(
                on(
                        "conversations_agent_all",
                        ANN,
                        "select id from conversations where id = {vics}",
                        rows(1)),
                on(
                        "conversations_agent_all",
                        ANN,
                        "update conversations set status = 'resolved' where id = {vics}",
                        rows(1)),
                on(
                        "conversations_agent_all",
                        ANN,
                        "insert into conversations (organization_id) values ({acme})",
                        rows(1)),
                on(
                        "conversations_agent_all",
                        BOB,
                        "select id from conversations where id = {vics}",
                        rows(0)),
                on(
                        "conversations_agent_all",
                        BOB,
                        "update conversations set status = 'resolved' where id = {vics}",
                        rows(0)),
                on(
                        "conversations_agent_all",
                        ANN,
                        "update conversations set organization_id = {bolt} where id = {vics}",
                        DENIED),
                on(
                        "conversations_agent_all",
                        ANN,
                        "insert into conversations (organization_id) values ({bolt})",
                        DENIED),
                on(
                        "conversations_widget_select",
                        VIC,
                        "select id from conversations where id = {vics}",
                        rows(1)),
                on(
                        "conversations_widget_select",
                        UNA,
                        "select id from conversations where id = {vics}",
                        rows(0)),
                on(
                        "conversations_widget_select",
                        VIC,
                        "update conversations set status = 'resolved' where id = {vics}",
                        rows(0)),
                on(
                        "conversations_widget_insert",
                        VIC,
                        """
                        insert into conversations (organization_id, widget_user_id)
                        values ({acme}, {vic}) returning id
                        """,
                        rows(1)),
                on(
                        "conversations_widget_insert",
                        VIC,
                        "insert into conversations (organization_id, widget_user_id) values"
                                + " ({bolt}, {vic})",
                        DENIED),
                on(
                        "conversations_widget_insert",
                        VIC,
                        "insert into conversations (organization_id, widget_user_id) values"
                                + " ({acme}, {una})",
                        DENIED));
    }

    private static List<Case> messages() {
        return List.of(
                on(
                        "messages_agent_select",
                        ANN,
                        "select id from messages where id = {vics_message}",
                        rows(1)),
                on(
                        "messages_agent_select",
                        BOB,
                        "select id from messages where id = {vics_message}",
                        rows(0)),
                on(
                        "messages_agent_insert",
                        ANN,
                        message("{vics}", "{acme}", "agent", "{ann}"),
                        rows(1)),
                on(
                        "messages_agent_insert",
                        ANN,
                        message("{vics}", "{acme}", "agent", "{abe}"),
                        DENIED),
                on(
                        "messages_agent_insert",
                        ANN,
                        message("{vics}", "{acme}", "visitor", "{ann}"),
                        DENIED),
                on(
                        "messages_agent_insert",
                        ANN,
                        message("{vics}", "{bolt}", "agent", "{ann}"),
                        DENIED),
                on(
                        "messages_agent_insert",
                        ANN,
                        message("{unas}", "{acme}", "agent", "{ann}"),
                        DENIED),
                on(
                        "messages_widget_select",
                        VIC,
                        "select id from messages where id = {vics_message}",
                        rows(1)),
                on(
                        "messages_widget_select",
                        UNA,
                        "select id from messages where id = {vics_message}",
                        rows(0)),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics}", "{acme}", "visitor", "{vic}"),
                        rows(1)),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics}", "{acme}", "visitor", "null"),
                        rows(1)),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics}", "{acme}", "visitor", "{ann}"),
                        DENIED),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics}", "{acme}", "agent", "{vic}"),
                        DENIED),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics}", "{bolt}", "visitor", "{vic}"),
                        DENIED),
                on(
                        "messages_widget_insert",
                        VIC,
                        message("{vics_old}", "{acme}", "visitor", "{vic}"),
                        DENIED),
                on(
                        "messages_widget_insert",
                        UNA,
                        message("{vics}", "{acme}", "visitor", "{una}"),
                        DENIED));
    }

    private static List<Case> insideConversations() {
        return List.of(
                on(
                        "typing_participants",
                        VIC,
                        "select 1 from typing_indicators where conversation_id = {vics}",
                        rows(1)),
                on("typing_participants", ANN, typing("{vics}", "{acme}", "{ann}"), rows(1)),
                on("typing_participants", VIC, typing("{vics}", "{acme}", "{vic}"), rows(1)),
                on(
                        "typing_participants",
                        UNA,
                        "select 1 from typing_indicators where conversation_id = {vics}",
                        rows(0)),
                on("typing_participants", BOB, typing("{vics}", "{acme}", "{bob}"), DENIED),
                on("typing_participants", ANN, typing("{vics}", "{bolt}", "{ann}"), DENIED),
                on("typing_participants", ANN, typing("{vics}", "{acme}", "{abe}"), DENIED),
                on(
                        "typing_update_own",
                        VIC,
                        "update typing_indicators set is_typing = false where user_key = {vic}",
                        rows(1)),
                on(
                        "typing_update_own",
                        ANN,
                        "update typing_indicators set user_key = {ann} where user_key = {vic}",
                        rows(0)),
                on(
                        "typing_delete_own",
                        VIC,
                        "delete from typing_indicators where user_key = {vic}",
                        rows(1)),
                on(
                        "typing_delete_own",
                        ANN,
                        "delete from typing_indicators where user_key = {vic}",
                        rows(0)),
                on(
                        "receipts_participants",
                        VIC,
                        "select 1 from read_receipts where conversation_id = {vics}",
                        rows(1)),
                on(
                        "receipts_participants",
                        UNA,
                        "select 1 from read_receipts where conversation_id = {vics}",
                        rows(0)),
                on(
                        "receipts_participants_insert",
                        ANN,
                        receipt("{vics_message}", "{vics}", "{ann}"),
                        rows(1)),
                on(
                        "receipts_participants_insert",
                        ANN,
                        receipt("{vics_message}", "{vics}", "{bob}"),
                        DENIED),
                on(
                        "receipts_participants_insert",
                        BOB,
                        receipt("{vics_message}", "{vics}", "{bob}"),
                        DENIED),
                on(
                        "receipts_participants_insert",
                        ANN,
                        receipt("{vics_message}", "{vics_old}", "{ann}"),
                        DENIED),
                on(
                        "suggestions_agents",
                        ANN,
                        "select 1 from ai_suggestions where conversation_id = {vics}",
                        rows(1)),
                on(
                        "suggestions_agents",
                        BOB,
                        "select 1 from ai_suggestions where conversation_id = {vics}",
                        rows(0)),
                on(
                        "suggestions_agents",
                        VIC,
                        "select 1 from ai_suggestions where conversation_id = {vics}",
                        rows(0)),
                on(
                        "suggestions_agents_update",
                        ANN,
                        "update ai_suggestions set status = 'used' where conversation_id = {vics}",
                        rows(1)),
                on(
                        "suggestions_agents_update",
                        ANN,
                        "update ai_suggestions set organization_id = {bolt} where conversation_id ="
                                + " {vics}",
                        DENIED),
                on(
                        "suggestions_agents_update",
                        BOB,
                        "update ai_suggestions set status = 'used' where conversation_id = {vics}",
                        rows(0)));
    }

    /// No role may write the mirror; its write policies are asked under a grant that is rolled
    /// back.
    private static List<Case> mirror() {
        var insertable =
                """
                delete from realtime_conversations;
                grant insert on realtime_conversations to anon, authenticated;
                """;
        var updatable = "grant update on realtime_conversations to anon, authenticated";
        return List.of(
                on(
                        "realtime_conv_select",
                        ANN,
                        "select 1 from realtime_conversations where id = {vics}",
                        rows(1)),
                on(
                        "realtime_conv_select",
                        VIC,
                        "select 1 from realtime_conversations where id = {vics}",
                        rows(1)),
                on(
                        "realtime_conv_select",
                        BOB,
                        "select 1 from realtime_conversations where id = {vics}",
                        rows(0)),
                on(
                        "realtime_conv_select",
                        UNA,
                        "select 1 from realtime_conversations where id = {vics}",
                        rows(0)),
                on("realtime_conv_insert", insertable, ANN, mirrored("{vics}", "{acme}"), rows(1)),
                on("realtime_conv_insert", insertable, VIC, mirrored("{vics}", "{acme}"), rows(1)),
                on("realtime_conv_insert", insertable, ANN, mirrored("{vics}", "{bolt}"), DENIED),
                on("realtime_conv_insert", insertable, ANN, mirrored("{unas}", "{bolt}"), DENIED),
                on(
                        "realtime_conv_insert",
                        insertable,
                        Caller.nobody(),
                        mirrored("{vics}", "{acme}"),
                        DENIED),
                on("realtime_conv_insert", ANN, mirrored("{new}", "{acme}"), DENIED),
                on(
                        "realtime_conv_update",
                        updatable,
                        ANN,
                        "update realtime_conversations set subject = 'x' where id = {vics}",
                        rows(1)),
                on(
                        "realtime_conv_update",
                        updatable,
                        ANN,
                        "update realtime_conversations set organization_id = {bolt} where id ="
                                + " {vics}",
                        DENIED),
                on(
                        "realtime_conv_update",
                        updatable,
                        BOB,
                        "update realtime_conversations set subject = 'x' where id = {vics}",
                        rows(0)),
                on(
                        "realtime_conv_update",
                        ANN,
                        "update realtime_conversations set subject = 'x' where id = {vics}",
                        DENIED));
    }

    private static List<Case> channels() {
        var acme = topic("org:", "{acme}", ":agents:presence");
        var prefixed = topic("bcast:org:", "{acme}", "");
        var vics = topic("org:", "{acme}", ":conv:", "{vics}");
        var elsewhere = topic("org:", "{bolt}", ":conv:", "{vics}");
        var longer = topic("org:", "{acme}", ":conv:", "{vics}", ":x");
        var unknown = topic("room:", "{acme}");
        var heard = "select 1 from realtime.messages where topic = 'probe'";
        return List.of(
                on("channel_agent_receive", acme, ANN, heard, rows(1)),
                on("channel_agent_receive", prefixed, ANN, heard, rows(1)),
                on("channel_agent_receive", acme, BOB, heard, rows(0)),
                on("channel_agent_receive", unknown, ANN, heard, rows(0)),
                on("channel_agent_send", acme, ANN, sent("null"), rows(1)),
                on("channel_agent_send", acme, BOB, sent("null"), DENIED),
                on("channel_visitor_receive", vics, VIC, heard, rows(1)),
                on("channel_visitor_receive", vics, UNA, heard, rows(0)),
                on("channel_visitor_receive", acme, VIC, heard, rows(0)),
                on("channel_visitor_receive", elsewhere, VIC, heard, rows(0)),
                on("channel_visitor_receive", longer, VIC, heard, rows(0)),
                on("channel_visitor_send", vics, VIC, sent("'typing:start'"), rows(1)),
                on("channel_visitor_send", vics, VIC, sent("'read:receipt'"), rows(1)),
                on("channel_visitor_send", vics, VIC, sent("'message:created'"), DENIED),
                on("channel_visitor_send", vics, VIC, sent("null"), DENIED),
                on("channel_visitor_send", vics, UNA, sent("'typing:start'"), DENIED),
                on("channel_visitor_send", vics, Caller.nobody(), sent("'typing:start'"), DENIED));
    }

    private static Case on(String policy, Caller caller, String sql, Outcome expected) {
        return on(policy, "", caller, sql, expected);
    }

    private static Case on(
            String policy, String preparation, Caller caller, String sql, Outcome expected) {
        return new Case(policy, preparation, caller, sql, expected);
    }

    private static Outcome rows(int count) {
        return new Outcome.Rows(count);
    }

    private static String message(
            String conversation, String organization, String senderType, String sender) {
        return """
        insert into messages (conversation_id, organization_id, content, sender_type, sender_id)
        values (%s, %s, 'Hi', '%s', %s)
        """
                .formatted(conversation, organization, senderType, sender);
    }

    private static String typing(String conversation, String organization, String user) {
        return """
        insert into typing_indicators (conversation_id, organization_id, user_key, is_typing)
        values (%s, %s, %s, true)
        on conflict (conversation_id, user_key) do update set is_typing = excluded.is_typing
        """
                .formatted(conversation, organization, user);
    }

    private static String receipt(String message, String conversation, String user) {
        return """
        insert into read_receipts (message_id, conversation_id, user_id) values (%s, %s, %s)
        on conflict (message_id, user_id) do nothing
        """
                .formatted(message, conversation, user);
    }

    private static String mirrored(String conversation, String organization) {
        return "insert into realtime_conversations (id, organization_id) values (%s, %s)"
                .formatted(conversation, organization);
    }

    /// Joins a channel whose topic is made of these parts, with a probe to receive.
    private static String topic(String... parts) {
        var expression =
                Stream.of(parts)
                        .map(part -> part.startsWith("{") ? part : "'" + part + "'")
                        .reduce((left, right) -> left + " || " + right)
                        .orElseThrow();
        return """
        select set_config('realtime.topic', %s, true);
        insert into realtime.messages (topic, extension) values ('probe', 'broadcast');
        """
                .formatted(expression);
    }

    private static String sent(String event) {
        return "insert into realtime.messages (topic, extension, event) values ('x', 'broadcast', %s)"
                .formatted(event);
    }

    @Test
    void nobodyGetsEmptyListsRatherThanErrors() {
        for (var table : List.of("conversations", "messages", "typing_indicators")) {
            assertThat(chat.attempt(Caller.nobody(), "select 1 from " + table))
                    .as(table)
                    .isEqualTo(rows(0));
        }
    }

    @Test
    void nobodyUpdatesNoRowRatherThanFailing() {
        assertThat(chat.attempt(Caller.nobody(), "update conversations set subject = 'x'"))
                .isEqualTo(rows(0));
    }

    @Test
    void nobodyInsertsNothing() {
        assertThat(chat.attempt(Caller.nobody(), message("{vics}", "{acme}", "visitor", "null")))
                .isEqualTo(DENIED);
    }

    @Test
    void aRepeatedReceiptKeepsTheFirstTime() {
        var read = "select read_at::text from read_receipts where user_id = {abe}";
        var first = chat.ask(read);

        chat.commit(Caller.user("abe"), receipt("{vics_message}", "{vics}", "{abe}"));

        assertThat(chat.ask(read)).isEqualTo(first);
    }
}

package dev.hearth.database;

import dev.hearth.database.SupportChatDatabase.Caller;
import dev.hearth.database.SupportChatDatabase.Outcome;

import java.util.stream.Stream;

/// One question to one policy: who asks, with which statement, and how many rows it shows or
/// changes, or that it is `denied` with 42501. `preparation` runs before, as `postgres`.
record SupportChatPolicyCase(
        String policy, String preparation, Caller caller, String sql, Outcome expected) {

    private static final String TABLES =
            """
            org_read_member | ann | select id from organizations where id = {acme} | 1
            org_read_member | vic | select id from organizations where id = {acme} | 1
            org_read_member | ann | select id from organizations where id = {bolt} | 0
            org_read_member | vic | select id from organizations where id = {bolt} | 0

            profiles_read_org | ann | select 1 from profiles where user_id = {abe} | 1
            profiles_read_org | bob | select 1 from profiles where user_id = {abe} | 0
            profiles_read_org | vic | select 1 from profiles where user_id = {abe} | 0

            profiles_update_self | ann | update profiles set availability = 'online' where user_id = {ann} | 1
            profiles_update_self | ann | update profiles set availability = 'online' where user_id = {abe} | 0
            profiles_update_self | ann | update profiles set role = 'owner' where user_id = {ann} | denied

            conversations_agent_all | ann | select id from conversations where id = {vics} | 1
            conversations_agent_all | ann | update conversations set status = 'resolved' where id = {vics} | 1
            conversations_agent_all | ann | insert into conversations (organization_id) values ({acme}) | 1
            conversations_agent_all | bob | select id from conversations where id = {vics} | 0
            conversations_agent_all | bob | update conversations set status = 'resolved' where id = {vics} | 0
            conversations_agent_all | ann | update conversations set organization_id = {bolt} where id = {vics} | denied
            conversations_agent_all | ann | insert into conversations (organization_id) values ({bolt}) | denied
            conversations_agent_all | ann | delete from conversations where id = {vics} | denied

            conversations_widget_select | vic | select id from conversations where id = {vics} | 1
            conversations_widget_select | una | select id from conversations where id = {vics} | 0
            conversations_widget_select | vic | update conversations set status = 'resolved' where id = {vics} | 0

            conversations_widget_insert | vic | insert into conversations (organization_id, widget_user_id) values ({acme}, {vic}) returning id | 1
            conversations_widget_insert | vic | insert into conversations (organization_id, widget_user_id) values ({bolt}, {vic}) | denied
            conversations_widget_insert | vic | insert into conversations (organization_id, widget_user_id) values ({acme}, {una}) | denied

            messages_agent_select | ann | select id from messages where id = {vics_message} | 1
            messages_agent_select | bob | select id from messages where id = {vics_message} | 0

            messages_agent_insert | ann | say {vics}, {acme}, 'agent', {ann} | 1
            messages_agent_insert | ann | say {vics}, {acme}, 'agent', {abe} | denied
            messages_agent_insert | ann | say {vics}, {acme}, 'visitor', {ann} | denied
            messages_agent_insert | ann | say {vics}, {bolt}, 'agent', {ann} | denied
            messages_agent_insert | ann | say {unas}, {acme}, 'agent', {ann} | denied

            messages_widget_select | vic | select id from messages where id = {vics_message} | 1
            messages_widget_select | una | select id from messages where id = {vics_message} | 0

            messages_widget_insert | vic | say {vics}, {acme}, 'visitor', {vic} | 1
            messages_widget_insert | vic | say {vics}, {acme}, 'visitor', null | 1
            messages_widget_insert | vic | say {vics}, {acme}, 'visitor', {ann} | denied
            messages_widget_insert | vic | say {vics}, {acme}, 'agent', {vic} | denied
            messages_widget_insert | vic | say {vics}, {bolt}, 'visitor', {vic} | denied
            messages_widget_insert | vic | say {vics_old}, {acme}, 'visitor', {vic} | denied
            messages_widget_insert | una | say {vics}, {acme}, 'visitor', {una} | denied

            typing_participants | vic | select 1 from typing_indicators where conversation_id = {vics} | 1
            typing_participants | ann | type {vics}, {acme}, {ann} | 1
            typing_participants | vic | type {vics}, {acme}, {vic} | 1
            typing_participants | una | select 1 from typing_indicators where conversation_id = {vics} | 0
            typing_participants | bob | type {vics}, {acme}, {bob} | denied
            typing_participants | ann | type {vics}, {bolt}, {ann} | denied
            typing_participants | ann | type {vics}, {acme}, {abe} | denied
            typing_update_own | vic | update typing_indicators set is_typing = false where user_key = {vic} | 1
            typing_update_own | ann | update typing_indicators set user_key = {ann} where user_key = {vic} | 0
            typing_delete_own | vic | delete from typing_indicators where user_key = {vic} | 1
            typing_delete_own | ann | delete from typing_indicators where user_key = {vic} | 0

            receipts_participants | vic | select 1 from read_receipts where conversation_id = {vics} | 1
            receipts_participants | una | select 1 from read_receipts where conversation_id = {vics} | 0
            receipts_participants_insert | ann | read {vics_message}, {vics}, {ann} | 1
            receipts_participants_insert | vic | read {vics_message}, {vics}, {vic} | 1
            receipts_participants_insert | ann | read {vics_message}, {vics}, {bob} | denied
            receipts_participants_insert | bob | read {vics_message}, {vics}, {bob} | denied
            receipts_participants_insert | ann | read {vics_message}, {vics_old}, {ann} | denied

            suggestions_agents | ann | select 1 from ai_suggestions where conversation_id = {vics} | 1
            suggestions_agents | bob | select 1 from ai_suggestions where conversation_id = {vics} | 0
            suggestions_agents | vic | select 1 from ai_suggestions where conversation_id = {vics} | 0
            suggestions_agents_update | ann | update ai_suggestions set status = 'used' where conversation_id = {vics} | 1
            suggestions_agents_update | bob | update ai_suggestions set status = 'used' where conversation_id = {vics} | 0
            suggestions_agents_update | ann | update ai_suggestions set organization_id = {bolt} where conversation_id = {vics} | denied

            realtime_conv_select | ann | select 1 from realtime_conversations where id = {vics} | 1
            realtime_conv_select | vic | select 1 from realtime_conversations where id = {vics} | 1
            realtime_conv_select | bob | select 1 from realtime_conversations where id = {vics} | 0
            realtime_conv_select | una | select 1 from realtime_conversations where id = {vics} | 0
            realtime_conv_insert | ann | mirror {new}, {acme} | denied
            realtime_conv_update | ann | update realtime_conversations set subject = 'x' where id = {vics} | denied
            """;

    /// No role may write the mirror; its write policies are asked under grants that are rolled
    /// back.
    private static final String WRITABLE_MIRROR =
            """
            grant insert, update on realtime_conversations to anon, authenticated;
            delete from realtime_conversations where id <> {vics_old};
            """;

    private static final String MIRROR =
            """
            realtime_conv_insert | ann    | mirror {vics}, {acme} | 1
            realtime_conv_insert | vic    | mirror {vics}, {acme} | 1
            realtime_conv_insert | ann    | mirror {vics}, {bolt} | denied
            realtime_conv_insert | ann    | mirror {unas}, {bolt} | denied
            realtime_conv_insert | nobody | mirror {vics}, {acme} | denied
            realtime_conv_update | ann | update realtime_conversations set subject = 'x' where id = {vics_old} | 1
            realtime_conv_update | vic | update realtime_conversations set subject = 'x' where id = {vics_old} | 1
            realtime_conv_update | bob | update realtime_conversations set subject = 'x' where id = {vics_old} | 0
            realtime_conv_update | ann | update realtime_conversations set organization_id = {bolt} where id = {vics_old} | denied
            """;

    /// The third column is the topic.
    private static final String CHANNELS =
            """
            channel_agent_receive   | ann | org:{acme}:agents:presence | hear | 1
            channel_agent_receive   | ann | bcast:org:{acme}           | hear | 1
            channel_agent_receive   | bob | org:{acme}:agents:presence | hear | 0
            channel_agent_receive   | ann | room:{acme}                | hear | 0
            channel_agent_receive   | vic | org:{acme}:conversations   | hear | 0
            channel_agent_send      | ann | org:{acme}:agents:presence | send null | 1
            channel_agent_send      | bob | org:{acme}:agents:presence | send null | denied
            channel_visitor_receive | vic | org:{acme}:conv:{vics}     | hear | 1
            channel_visitor_receive | vic | bcast:org:{acme}:typing:{vics} | hear | 1
            channel_visitor_receive | una | org:{acme}:conv:{vics}     | hear | 0
            channel_visitor_receive | vic | org:{bolt}:conv:{vics}     | hear | 0
            channel_visitor_receive | vic | org:{acme}:conv:{vics}:x   | hear | 0
            channel_visitor_receive | vic | org:{acme}:conv:{unas}     | hear | 0
            channel_visitor_send    | vic | org:{acme}:conv:{vics} | send 'typing:start' | 1
            channel_visitor_send    | vic | org:{acme}:conv:{vics} | send 'read:receipt' | 1
            channel_visitor_send    | vic | org:{acme}:conv:{vics} | send 'message:created' | denied
            channel_visitor_send    | vic | org:{acme}:conv:{vics} | send null | denied
            channel_visitor_send    | una | org:{acme}:conv:{vics} | send 'typing:start' | denied
            channel_visitor_send    | nobody | org:{acme}:conv:{vics} | send 'typing:start' | denied
            """;

    /// Every case there is.
    static Stream<SupportChatPolicyCase> all() {
        return Stream.of(
                        rows(TABLES).map(cells -> parse("", cells)),
                        rows(MIRROR).map(cells -> parse(WRITABLE_MIRROR, cells)),
                        rows(CHANNELS).map(SupportChatPolicyCase::parseChannel))
                .flatMap(cases -> cases);
    }

    /// Whether the policy lets the caller have its one row.
    boolean isAllowed() {
        return expected.equals(new Outcome.Rows(1));
    }

    @Override
    public String toString() {
        return "%s %s %s: %s"
                .formatted(policy, isAllowed() ? "allows" : "denies", caller, sql.strip());
    }

    private static Stream<String[]> rows(String table) {
        return table.lines().filter(line -> !line.isBlank()).map(line -> line.split("\\s*\\|\\s*"));
    }

    private static SupportChatPolicyCase parse(String preparation, String[] cells) {
        var expected =
                cells[3].equals("denied")
                        ? SupportChatDatabase.DENIED
                        : new Outcome.Rows(Integer.parseInt(cells[3]));
        return new SupportChatPolicyCase(
                cells[0], preparation, Caller.named(cells[1]), statement(cells[2]), expected);
    }

    private static SupportChatPolicyCase parseChannel(String[] cells) {
        var join =
                """
                select set_config('realtime.topic', '%s', true);
                insert into realtime.messages (topic, extension) values ('probe', 'broadcast');
                """
                        .formatted(SupportChatDatabase.bare(cells[2]));
        return parse(join, new String[] {cells[0], cells[1], cells[3], cells[4]});
    }

    /// The statement that a verb of the tables stands for; all else is SQL already.
    private static String statement(String text) {
        var words = text.split(" ", 2);
        return switch (words[0]) {
            case "say" ->
                    """
                    insert into messages
                        (content, conversation_id, organization_id, sender_type, sender_id)
                    values ('Hi', %s)
                    """
                            .formatted(words[1]);
            case "type" ->
                    """
                    insert into typing_indicators
                        (is_typing, conversation_id, organization_id, user_key)
                    values (true, %s)
                    on conflict (conversation_id, user_key)
                        do update set is_typing = excluded.is_typing
                    """
                            .formatted(words[1]);
            case "read" ->
                    """
                    insert into read_receipts (message_id, conversation_id, user_id) values (%s)
                    on conflict (message_id, user_id) do nothing
                    """
                            .formatted(words[1]);
            case "mirror" ->
                    "insert into realtime_conversations (id, organization_id) values (%s)"
                            .formatted(words[1]);
            case "hear" -> "select 1 from realtime.messages where topic = 'probe'";
            case "send" ->
                    "insert into realtime.messages (topic, extension, event) values ('x', 'broadcast', %s)"
                            .formatted(words[1]);
            default -> text;
        };
    }
}

-- Makes realtime_conversations, the scalar mirror of conversations, and puts the tables that clients may listen to into the
-- publication supabase_realtime; tables that others put there stay. All in one transaction: the log is decoded with either
-- the old or the new publication.
--
-- hearth.create_scalar_mirror makes the table, sync_realtime_conversations() with sync_realtime_conversations_trigger, the
-- policies below, SELECT for authenticated and service_role, the publication entry, and for the backend
-- app.resync_realtime_conversations() and app.realtime_conversations_drift(). It says which columns it left out and why.
--
-- The trigger function is SECURITY DEFINER: a trigger runs as the role that writes, and neither visitor nor agent may write
-- the mirror. For the same reason the mirror must not have FORCE ROW LEVEL SECURITY.
--
-- Runs as postgres after V003, on a platform with hearth.create_scalar_mirror. Safe to run twice.

set local client_min_messages = warning;

select * from hearth.create_scalar_mirror('public.conversations', 'realtime_conversations', jsonb_build_object(
    'columns', array[
        'id', 'organization_id', 'customer_name', 'customer_email', 'subject', 'status', 'priority', 'channel', 'tags',
        'assigned_agent_id', 'ai_mode', 'last_message_at', 'last_message_preview', 'unread_count', 'created_at', 'updated_at'],
    'rename', jsonb_build_object('tags_count', 'tag_count'),
    'readers', array['authenticated', 'service_role'],
    'maintenance', 'app',
    'policies', jsonb_build_array(
        jsonb_build_object(
            'name', 'realtime_conv_select', 'for', 'select', 'to', array['authenticated'],
            'using', $$
                organization_id = (select app.agent_org())
                or id in (select c.id from public.conversations c where c.widget_user_id = (select auth.uid()))$$),
        -- No role may write the mirror. These two say what would be allowed if one ever could: a row of a conversation that
        -- the writer sees, under its own organization.
        jsonb_build_object(
            'name', 'realtime_conv_insert', 'for', 'insert', 'to', array['authenticated', 'anon'],
            'check', $$
                exists (
                    select from public.conversations c
                    where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id)$$),
        jsonb_build_object(
            'name', 'realtime_conv_update', 'for', 'update', 'to', array['authenticated', 'anon'],
            'using', $$
                exists (
                    select from public.conversations c
                    where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id)$$,
            'check', $$
                exists (
                    select from public.conversations c
                    where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id)$$))));

create index if not exists realtime_conversations_organization_id_updated_at_idx
    on public.realtime_conversations (organization_id, updated_at desc);

-- Scalars only; the replica identity stays DEFAULT, since FULL with a column list makes every UPDATE fail (42P10).
select hearth.publish_table(
    'public.conversations', '{id, organization_id, customer_name, customer_email, created_at, updated_at}');
select hearth.publish_table(
    'public.messages',
    '{id, conversation_id, organization_id, content, sender_type, sender_name, sender_email, created_at}');
select hearth.publish_table('public.typing_indicators');

-- Takes back what debug_policies.sql made: grants and policies are again those of the migrations.
--
--   psql -1 -f debug_policies_remove.sql
--
-- Runs as postgres, anywhere: closing is always allowed. Safe to run twice.

set local client_min_messages = warning;

revoke insert, update on table public.realtime_conversations from anon, authenticated;

alter policy realtime_conv_insert on public.realtime_conversations
    with check (
        exists (
            select from public.conversations c
            where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id));
alter policy realtime_conv_update on public.realtime_conversations
    using (
        exists (
            select from public.conversations c
            where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id))
    with check (
        exists (
            select from public.conversations c
            where c.id = realtime_conversations.id and c.organization_id = realtime_conversations.organization_id));

alter policy typing_update_own on public.typing_indicators using (user_key = (select auth.uid())::text);
alter policy typing_delete_own on public.typing_indicators using (user_key = (select auth.uid())::text);

drop policy if exists debug_conversations on public.conversations;
drop policy if exists debug_messages on public.messages;
drop policy if exists debug_typing_indicators on public.typing_indicators;

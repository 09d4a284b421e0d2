-- Opens the support chat to anybody, to find out whether a policy is what stands in the way. DEVELOPMENT ONLY: with it
-- every holder of the public key reads and writes every conversation, and forges rows of the mirror for any organization.
--
-- Makes policies debug_* that open conversations, messages and typing_indicators to anon, and opens the bodies of the
-- restrictive policies of typing_indicators and of realtime_conv_insert and realtime_conv_update, with the grants to use
-- them. debug_policies_remove.sql takes all of it back.
--
--   psql -1 -f debug_policies.sql postgresql://postgres:postgres@127.0.0.1:54322/postgres
--
-- Runs as postgres, and only where the setting hearth.environment says development: each start of Hearth sets it on the
-- embedded database while that is served on loopback only, and takes it back otherwise. On a database of your own:
-- PGOPTIONS='-c hearth.environment=development'. No migration runs this file. Safe to run twice.

set local client_min_messages = warning;

do $$
begin
    if current_setting('hearth.environment', true) is distinct from 'development' then
        raise exception 'debug policies are refused: this is not a development database'
            using errcode = '42501', hint = 'On a database of your own: set hearth.environment = ''development'';';
    end if;
end
$$;

drop policy if exists debug_conversations on public.conversations;
create policy debug_conversations on public.conversations for all to anon using (true) with check (true);

drop policy if exists debug_messages on public.messages;
create policy debug_messages on public.messages for all to anon using (true) with check (true);

drop policy if exists debug_typing_indicators on public.typing_indicators;
create policy debug_typing_indicators on public.typing_indicators for all to anon using (true) with check (true);
alter policy typing_update_own on public.typing_indicators using (true);
alter policy typing_delete_own on public.typing_indicators using (true);

alter policy realtime_conv_insert on public.realtime_conversations with check (true);
alter policy realtime_conv_update on public.realtime_conversations using (true) with check (true);
grant insert, update on table public.realtime_conversations to anon, authenticated;

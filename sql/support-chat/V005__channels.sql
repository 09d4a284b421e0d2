-- Makes the policies of private channels: who may receive and send on a topic of the support chat.
--
--   [bcast:]org:<organization>…                                    agents of that organization: receive and send
--   [bcast:]org:<organization>:(conv|typing|widget):<conversation> the visitor whose conversation it is: receive, and send
--                                                                  the events typing:* and read:receipt
--
-- A topic of any other form is nobody's. The policy for a visitor's sending reads the event of the row; where it is
-- unknown (null) sending is refused.
--
-- Runs as postgres after V002, on a platform with realtime.messages. Safe to run twice.

set local client_min_messages = warning;

-- Whether the caller is an agent of the organization that the topic names.
create or replace function app.is_agent_of_topic(topic text)
returns boolean
language sql stable security definer set search_path = '' as $function$
    select coalesce((select app.agent_org())::text = substring(topic from '^(?:bcast:)?org:([^:]+)(?::|$)'), false)
$function$;

-- Whether the topic names a conversation that the caller, a visitor, has with that organization.
create or replace function app.is_visitor_of_topic(topic text)
returns boolean
language sql stable security definer set search_path = '' as $function$
    select exists (
        select from public.conversations c
        where c.widget_user_id = (select auth.uid())
          and topic ~ format('^(bcast:)?org:%s:(conv|typing|widget):%s$', c.organization_id, c.id))
$function$;

revoke all on function app.is_agent_of_topic(text), app.is_visitor_of_topic(text) from public, anon, authenticated, service_role;
grant execute on function app.is_agent_of_topic(text) to authenticated;
grant execute on function app.is_visitor_of_topic(text) to anon, authenticated;

drop policy if exists channel_agent_receive on realtime.messages;
create policy channel_agent_receive on realtime.messages for select to authenticated
    using (extension in ('broadcast', 'presence') and (select app.is_agent_of_topic((select realtime.topic()))));

drop policy if exists channel_agent_send on realtime.messages;
create policy channel_agent_send on realtime.messages for insert to authenticated
    with check (extension in ('broadcast', 'presence') and (select app.is_agent_of_topic((select realtime.topic()))));

drop policy if exists channel_visitor_receive on realtime.messages;
create policy channel_visitor_receive on realtime.messages for select to anon, authenticated
    using (extension in ('broadcast', 'presence') and (select app.is_visitor_of_topic((select realtime.topic()))));

drop policy if exists channel_visitor_send on realtime.messages;
create policy channel_visitor_send on realtime.messages for insert to anon, authenticated
    with check (
        extension = 'broadcast'
        and (event like 'typing:%' or event = 'read:receipt')
        and (select app.is_visitor_of_topic((select realtime.topic()))));

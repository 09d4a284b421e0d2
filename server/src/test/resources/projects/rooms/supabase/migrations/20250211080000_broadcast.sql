create policy "members read" on realtime.messages for select to authenticated
    using (realtime.messages.extension in ('broadcast', 'presence') and private.is_member(realtime.topic()));
create policy "members write" on realtime.messages for insert to authenticated
    with check (extension = 'broadcast' and private.is_member((select realtime.topic())));

create or replace function public.tell_members() returns trigger security definer set search_path = '' language plpgsql as
$tell$
begin
    perform realtime.broadcast_changes(
        'room:' || coalesce(new.room_id, old.room_id)::text, tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
    return null;
end;
$tell$;

create trigger tell_members after insert or update or delete on public.room_members
    for each row execute function public.tell_members();

do $$
begin
    if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and tablename = 'rooms') then
        alter publication supabase_realtime add table public.rooms;
    end if;
end $$;

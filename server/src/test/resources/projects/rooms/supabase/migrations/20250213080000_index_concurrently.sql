-- Refuses a transaction, so the file runs without one.
create index concurrently if not exists room_members_user_id_idx on public.room_members (user_id);

-- What the DBA adds so that FollowOwnTable hears of each change: who may read, and that changes are told.

alter table public.stock enable row level security;

create policy "Everybody sees the stock" on public.stock for select to anon, authenticated using (true);

grant select on public.stock to anon, authenticated;

alter publication supabase_realtime add table public.stock;

-- Without it a change tells the new row and, of the old one, the key only.
alter table public.stock replica identity full;

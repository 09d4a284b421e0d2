create table public.players (id int primary key, team int not null references public.teams);
grant select on public.players to anon;
insert into public.players values (7, 1);

create table public.teams (id int primary key, name text not null);
grant select on public.teams to anon;
insert into public.teams values (1, 'red');

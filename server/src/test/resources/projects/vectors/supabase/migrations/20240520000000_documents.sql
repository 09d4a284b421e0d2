-- Wants an extension that a plain PostgreSQL lacks.
create table public.documents (id bigserial primary key, content text);

create extension if not exists vector with schema extensions;
comment on extension vector is 'nearest neighbours';

alter table public.documents add column shelf int;

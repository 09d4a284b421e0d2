-- The search path that the dump emptied is back.
create table wishes (id serial primary key, secret bytea default gen_random_bytes(8));

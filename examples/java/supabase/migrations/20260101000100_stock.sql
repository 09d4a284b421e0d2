-- A table that was there before, with what changes it: nothing in it knows of browsers or Java.

create table public.stock (
    sku text primary key,
    pieces int not null check (pieces >= 0)
);

insert into public.stock (sku, pieces) values ('lamp', 12), ('table', 3);

create function public.sell(item text, amount int) returns void
    language sql security definer set search_path = ''
    begin atomic
        update public.stock set pieces = pieces - amount where sku = item;
    end;

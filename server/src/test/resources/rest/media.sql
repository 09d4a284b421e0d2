-- Domains that are named like media types, and what makes values of them.
create domain "text/html" as text;
create domain "text/xml" as text;
create domain "application/octet-stream" as bytea;
create domain "image/x-dot" as bytea;
create domain "application/vnd.lines" as text;
create domain "application/vnd.any" as text;
create domain "*/*" as bytea;

create table pages (id int primary key, title text, body text);
insert into pages values (1, 'Home', null), (2, 'A, "B"', 'two
lines');
create table blobs (id int primary key, bytes bytea);
insert into blobs values (1, '\x00ff41');

create function next_line(state text, page pages) returns "application/vnd.lines" immutable language sql as
    'select (state || page.title || chr(10))::"application/vnd.lines"';
create aggregate page_lines (pages) (sfunc = next_line, stype = "application/vnd.lines", initcond = '');

create function next_any(state text, next anyelement) returns "application/vnd.any" immutable language sql as
    'select (state || next::text || chr(10))::"application/vnd.any"';
create aggregate any_lines (anyelement) (sfunc = next_any, stype = "application/vnd.any", initcond = '');

create function next_blob(state bytea, blob blobs) returns "*/*" immutable language sql as
    'select (state || blob.bytes)::"*/*"';
create aggregate all_blobs (blobs) (sfunc = next_blob, stype = "*/*", initcond = '');

create function front_page() returns "text/html" language sql as $$ select '<h1>Hi</h1>'::"text/html" $$;
create function dot() returns "image/x-dot" language sql as $$ select '\x8950'::"image/x-dot" $$;
create function whatever() returns "*/*" language plpgsql as $$
begin
    perform set_config('response.headers', '[{"Content-Type": "font/woff2"}]', true);
    return '\x01'::bytea;
end $$;
grant select on all tables in schema public to anon, authenticated, service_role;

create schema api;
create schema private;
create table api.shapes (id int primary key);
create domain "text/xml" as pg_catalog.xml;
create domain "application/vnd.Twkb" as bytea;
create domain "*/*" as bytea;
create domain not_a_media_type as text;

create function api.rows_step(state text, one api.shapes) returns text language sql as 'select $1';
create function api.any_step(state text, one anyelement) returns text language sql as 'select $1';
create function api.bytes_step(state bytea, one api.shapes) returns bytea language sql as 'select $1';
create function api.as_xml(data text) returns "text/xml" language sql as 'select $1::xml::"text/xml"';
create function api.as_twkb(data bytea) returns "application/vnd.Twkb" language sql as 'select $1::"application/vnd.Twkb"';
create function api.as_any(data bytea) returns "*/*" language sql as 'select $1::"*/*"';

create aggregate api.shapes_as_twkb(api.shapes)
    (sfunc = api.bytes_step, stype = bytea, initcond = '', finalfunc = api.as_twkb);
create aggregate api.shapes_as_any(api.shapes)
    (sfunc = api.bytes_step, stype = bytea, initcond = '', finalfunc = api.as_any);
create aggregate api.anything_as_xml(anyelement)
    (sfunc = api.any_step, stype = text, initcond = '', finalfunc = api.as_xml);
create function api.page() returns "*/*" language sql as $$ select ''::bytea::"*/*" $$;
create function api.pages() returns setof "text/xml" language sql as 'select null::"text/xml"';
create function api.plain_text() returns not_a_media_type language sql as $$ select '' $$;
create function private.hidden_page() returns "text/xml" language sql as 'select null::"text/xml"';

create domain api.color as int;
create function api.color_json(api.color) returns json language sql as 'select to_json($1)';
create function api.json_color(json) returns api.color language sql as 'select 1::api.color';
create function api.text_color(text) returns api.color language sql as 'select 1::api.color';
create function api.color_int8(api.color) returns int8 language sql as 'select 1::int8';
set client_min_messages = error;
create cast (api.color as json) with function api.color_json(api.color) as implicit;
create cast (json as api.color) with function api.json_color(json) as implicit;
create cast (text as api.color) with function api.text_color(text);
create cast (api.color as int8) with function api.color_int8(api.color) as implicit;

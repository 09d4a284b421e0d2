-- Rows of every kind of value that is filtered, searched, taken apart or counted.
create table samples (
    id int primary key,
    name text,
    amount numeric,
    done boolean,
    tags text[],
    span int4range,
    born date,
    data jsonb,
    plain json,
    words tsvector,
    text_words text
);
insert into samples values
    (1, 'apple', 1.5, true, '{red,round}', '[1,5)', '2001-02-03', '{"a": {"b": [10, 20], "c-d": "x"}, "n": 1}', '{"k": "v"}', to_tsvector('english', 'a running dog'), 'a running dog'),
    (2, 'Apricot', 2.5, false, '{orange,round}', '[5,9)', '2002-02-03', '{"a": {"b": [30]}, "n": 2}', '{"k": "w"}', to_tsvector('english', 'two lazy cats'), 'two lazy cats'),
    (3, 'plum, sweet', null, null, '{}', '[20,30)', null, '["first", {"deep": true}]', null, null, null),
    (4, 'say "hi"', 4, true, null, 'empty', '2004-02-03', null, null, null, null);
create function shouting(samples) returns text immutable language sql as 'select upper($1.name)';
create function twice(samples) returns numeric immutable language sql as 'select $1.amount * 2';

create table "odd names" ("a.b" int, "c,d" int, "e(f)" int, "g:h" int, "it's" int, "order" int, "limit" int, "select" int, "日本" text);
insert into "odd names" values (1, 2, 3, 4, 5, 6, 7, 8, 'ja');
create table numbers (n int primary key);
insert into numbers select generate_series(1, 15);
analyze numbers;
create function numbers_between(low int, high int) returns setof numbers stable language sql as
    'select * from numbers where n between low and high order by n';
grant select on all tables in schema public to anon, authenticated, service_role;

-- Books and whatever is related to them, in every way that a relation can be related to another.
create table publishers (id int primary key, name text not null, city text);
create table books (
    id int primary key,
    title text not null,
    publisher_id int constraint books_publisher references publishers,
    pages int,
    price numeric(6, 2),
    facts jsonb
);
create table authors (id int primary key, name text not null);
create table writings (
    book_id int references books,
    author_id int references authors,
    part text,
    primary key (book_id, author_id)
);
create table covers (book_id int primary key references books, colour text);
create table reviews (id int primary key, book_id int references books, stars int, words text);
create table staff (id int primary key, name text, chief_id int constraint staff_chief references staff);
create table places (id int primary key, name text);
create table parcels (
    id int primary key,
    sender_id int constraint parcels_sender references places,
    receiver_id int constraint parcels_receiver references places
);
create table lonely (id int primary key);

insert into publishers values (1, 'North', 'Oslo'), (2, 'South', 'Rome'), (3, 'Empty', null);
insert into books values
    (1, 'Ice', 1, 120, 10, '{"lang": "no"}'),
    (2, 'Snow', 1, 340, 20.5, '{"lang": "no"}'),
    (3, 'Sun', 2, 500, 30, '{"lang": "it"}'),
    (4, 'Loose', null, 90, null, null);
insert into authors values (1, 'Ada'), (2, 'Bo'), (3, 'Cy');
insert into writings values (1, 1, 'text'), (2, 1, 'text'), (2, 2, 'pictures'), (3, 2, 'text');
insert into covers values (1, 'white'), (3, 'gold');
insert into reviews values (1, 1, 5, 'cold'), (2, 1, 3, 'thin'), (3, 2, 4, 'soft'), (4, 3, 1, 'hot');
insert into staff values (1, 'Head', null), (2, 'Hand', 1), (3, 'Foot', 1);
insert into places values (1, 'here'), (2, 'there');
insert into parcels values (1, 1, 2), (2, 2, 2);
insert into lonely values (1);

create view long_books as select id, title, publisher_id, pages from books where pages > 300;

create function best_review(books) returns setof reviews rows 1 stable language sql as
    'select * from reviews where book_id = $1.id order by stars desc limit 1';
create function good_reviews(books) returns setof reviews stable language sql as
    'select * from reviews where book_id = $1.id and stars > 3';
create function book(reviews) returns books stable language sql as
    'select * from books where id = $1.book_id';
create function books_of(city text) returns setof books stable language sql as
    'select b.* from books b join publishers p on p.id = b.publisher_id where p.city = $1';

grant select on all tables in schema public to anon, authenticated, service_role;

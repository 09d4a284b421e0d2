create schema api;
create schema private;
create schema extra;

create table api.clients (id int primary key, name text);
create table api.projects (
    id int primary key,
    client int constraint client references api.clients,
    name text
);
create table api.tasks (
    id int primary key,
    project int constraint project references api.projects
);

-- One to one by constraints, and by an index that does not count.
create table api.passports (
    number int primary key,
    holder int unique constraint holder references api.clients
);
create table api.client_notes (client int primary key constraint noted references api.clients, note text);
create table api.indexed (id int primary key, client int constraint indexed_client references api.clients);
create unique index on api.indexed (client);

-- Composite, in another order than the columns.
create table api.rooms (house int, number int, area int, primary key (number, house));
create table api.beds (
    id int primary key,
    house int,
    room int,
    constraint stands_in foreign key (room, house) references api.rooms (number, house)
);

-- To itself.
create table api.employees (id int primary key, boss int constraint boss references api.employees);

-- Junctions.
create table api.users (id int primary key);
create table api.teams (id int primary key);
create table api.members (
    team int constraint member_of references api.teams,
    "user" int constraint member references api.users,
    since date,
    primary key (team, "user")
);
create table api.invitations (
    id int primary key,
    team int constraint invited_to references api.teams,
    "user" int constraint invited references api.users
);
create table private.rights (
    team int constraint right_of references api.teams,
    "user" int constraint right_to references api.users,
    primary key (team, "user")
);

-- Several ways to the same table.
create table api.people (id int primary key);
create table api.orders (
    id int primary key,
    buyer int constraint z_buyer references api.people,
    seller int constraint a_seller references api.people,
    sole int unique constraint sole references api.people
);

-- Partitions.
create table api.models (id int primary key);
create table api.sales (
    day date, model int constraint sold references api.models, primary key (day, model)
) partition by range (day);
create table api.sales_2025 partition of api.sales for values from ('2025-01-01') to ('2026-01-01');
create table api.parted (id int primary key) partition by range (id);
create table api.parted_low partition of api.parted for values from (0) to (10);
create table api.to_parted (id int primary key, parted int constraint to_parted references api.parted);

-- Views.
create view api.projects_view as select id, client as customer, client as again, name from api.projects;
create view api.projects_again as select customer as patron, id as number from api.projects_view where name <> '';
create view api.clients_view as select id as client_id, upper(name) as name from api.clients;
create view api.expressions as select client + 0 as client, id::text as id from api.projects;
create view api.half_a_room as select house, area from api.rooms;
create view api.rooms_view as select area, house as h, number as n from api.rooms;
create view api.beds_view as select b.id, b.house, b.room, r.area from api.beds b join api.rooms r on r.house = b.house;
create view api.both_ends as select p.id, c.id as client_id, c.name from api.projects p join api.clients c on c.id = p.client;
create view api.united as select id from api.clients union all select id from api.users;
create view api.grouped as select client, count(*) as number from api.projects group by client;
create view api.members_view as select team as t, "user" as u from api.members;
create view api.with_sub as
    with chosen as (select id, client from api.projects where id in (select id from api.tasks))
    select id, client, (select count(*) from api.tasks) as tasks from chosen;
create materialized view api.kept_projects as select id, client from api.projects;
create table private.secrets (id int primary key, client int constraint secret_of references api.clients);
create view api.secrets_view as select id, client from private.secrets;
create view extra.between as select id as middle, client from api.projects;
create view api.over_between as select middle as top, client from extra.between;
create view private.between as select id as middle, client from api.projects;
create view api.over_private as select middle as top, client from private.between;
create view api."odd (view) {x} \ 1" as
    select id as "a) {b} \ :resno", client as ":resorigtbl 7", E'({\\:targetList (' as "text {" from api.projects;

-- Computed.
create function api.tasks_of(api.projects) returns setof api.tasks stable language sql
    as 'select * from api.tasks where project = $1.id';
create function api.client_of(api.projects) returns setof api.clients rows 1 stable language sql
    as 'select * from api.clients where id = $1.client';
create function api.first_task(api.projects) returns api.tasks stable language sql
    as 'select * from api.tasks where project = $1.id limit 1';
create function api.clients(api.projects) returns setof api.clients rows 1 stable language sql
    as 'select * from api.clients where id = $1.client';
create function private.elsewhere(api.projects) returns setof api.tasks stable language sql
    as 'select * from api.tasks';
create function api.label(api.projects) returns text stable language sql as 'select $1.name';
create function api.secrets(api.clients) returns setof private.secrets stable language sql
    as 'select * from private.secrets';

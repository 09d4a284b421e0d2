package dev.hearth.rest.outcome;

import dev.hearth.database.Database;
import dev.hearth.database.Mode;
import dev.hearth.database.RequestSettings;
import dev.hearth.database.RequestSettings.Setting;
import dev.hearth.database.TappedPools;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.sql.Rendering;
import dev.hearth.rest.sql.Statement;
import dev.hearth.rest.sql.Statement.Parameter;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.testing.WireTap;
import dev.hearth.token.Caller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A database with a table of notes, and one connection for callers through a tap.
final class Fixture implements AutoCloseable {

    static final Caller ANN =
            new Caller(
                    "authenticated",
                    "{\"sub\":\"ann\",\"role\":\"authenticated\"}",
                    Optional.empty());
    static final Caller NOBODY = Caller.ofRole("anon");

    final TestDatabase database = TestPostgres.cluster().createPlatformDatabase();
    final WireTap tap;
    final Database pools;
    final Transactions transactions;

    Fixture() {
        database.execute(
                """
                create table public.notes (id int primary key, owner text, text text not null);
                alter table public.notes enable row level security;
                create policy own on public.notes to authenticated
                    using (owner = (select current_setting('request.jwt.claims')::json ->> 'sub'));
                insert into public.notes values (1, 'ann', 'one'), (2, 'bob', 'two'),
                    (3, 'ann', 'three');
                grant select, insert, update, delete on public.notes to authenticated;
                create table public.parents (id int primary key);
                create table public.children (id int primary key,
                    parent int references public.parents deferrable initially deferred,
                    size int check (size > 0));
                grant all on public.parents, public.children to authenticated;
                create table public.secrets (id int);
                revoke all on public.secrets from anon, authenticated;
                """);
        try {
            tap = new WireTap(database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pools = TappedPools.open(database, tap.url("authenticator"), 1);
        transactions = new Transactions(pools, "anon", 1, Duration.ofSeconds(1));
        // Signing in is no round trip of a test.
        body(read(ANN, main("select 1 as a")));
    }

    static RequestSettings settings() {
        return RequestSettings.of(
                new Setting("search_path", "\"public\", \"extensions\""),
                new Setting("request.method", "GET"),
                new Setting("request.path", "/notes"));
    }

    static Statement statement(String text, String... values) {
        return new Statement(
                text, Arrays.stream(values).<Parameter>map(Parameter.Text::new).toList());
    }

    /// A main statement over a query.
    static Statement main(String query, String... values) {
        return statement(
                "with pgrst_source as ("
                        + query
                        + ") select null::bigint as total_result_set, count(_postgrest_t) as"
                        + " page_total, array[]::text[] as header, coalesce(json_agg(_postgrest_t),"
                        + " '[]') as body, nullif(current_setting('response.headers', true), '') as"
                        + " response_headers, nullif(current_setting('response.status', true), '')"
                        + " as response_status, null::int as response_inserted from (select * from"
                        + " pgrst_source) _postgrest_t",
                values);
    }

    /// The same without a body that is too large.
    static Statement bounded(Statement main) {
        return new Statement(
                "select total_result_set, page_total, header, case when pg_column_size(body) <= "
                        + Rendering.MAXIMUM_VALUE
                        + " then body end as body, response_headers, response_status,"
                        + " response_inserted from ("
                        + main.text()
                        + ") answer",
                main.parameters());
    }

    static TestTransaction read(Caller caller, Statement statement) {
        return new TestTransaction(caller, Mode.READ, statement);
    }

    static TestTransaction write(Caller caller, Statement statement) {
        return new TestTransaction(caller, Mode.WRITE, statement);
    }

    Outcome.Rows rows(TestTransaction transaction) {
        return (Outcome.Rows) transactions.run(transaction.get());
    }

    String body(TestTransaction transaction) {
        return new String(rows(transaction).body().array(), StandardCharsets.UTF_8);
    }

    Problem problem(TestTransaction transaction) {
        try {
            transactions.run(transaction.get());
        } catch (Refusal e) {
            return e.problem();
        }
        throw new AssertionError("was not refused");
    }

    @Override
    public void close() {
        pools.close();
        try {
            tap.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.close();
    }
}

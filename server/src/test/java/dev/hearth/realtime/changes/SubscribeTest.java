package dev.hearth.realtime.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What subscribing answers (realtime.md 6.2, 6.3).
@Tag("all-postgres")
class SubscribeTest {

    @AutoClose private static Live live;

    @BeforeAll
    static void open() {
        live =
                Live.start(
                        Map.of("HEARTH_PUBLICATION_EVERY_MS", "200"),
                        Live.NOTES,
                        """
                        create table things (id int primary key, name text, n numeric, done bool,
                          twice int generated always as (id * 2) stored, hidden text);
                        revoke all on things from anon;
                        grant select (id, name, n, done, twice) on things to anon;
                        alter publication supabase_realtime add table things (id, name, n, done, hidden);
                        """);
    }

    private static final Caller ANON = Caller.ofRole("anon");

    private static void refuses(@Nullable String filter, String text, String... select) {
        Heard heard = live.subscribe(ANON, live.binding("*", "things", filter, select));
        assertThat(heard.systems()).containsExactly("error " + text);
    }

    private static String exception(String filters, String select, String exception) {
        return "Unable to subscribe to changes with given parameters. An exception happened so"
                + " please check your connect parameters: [event: *, schema: public, table:"
                + " things, filters: "
                + filters
                + ", select: "
                + select
                + "]. Exception: ERROR "
                + exception;
    }

    @Test
    void tellsThatItIsSubscribed() {
        assertThat(live.subscribe(ANON, "things").systems())
                .containsExactly("ok Subscribed to PostgreSQL");
    }

    @Test
    void acceptsEveryOperator() {
        for (String filter :
                List.of(
                        "id=eq.1",
                        "id=neq.1",
                        "id=lt.1",
                        "id=lte.1",
                        "id=gt.1",
                        "id=gte.1",
                        "id=in.(1,2)",
                        "name=like.a%",
                        "name=ilike.a%",
                        "name=match.^a",
                        "name=imatch.^a",
                        "done=is.true",
                        "name=is.null",
                        "n=isdistinct.1.0",
                        "n=not.eq.1,name=not.in.(a,b)",
                        "n=gt.1.5")) {
            assertThat(live.filtered(ANON, "things", filter).systems())
                    .as(filter)
                    .containsExactly("ok Subscribed to PostgreSQL");
        }
    }

    @Test
    void saysThatATableIsNotPublished() {
        Heard heard = live.subscribe(ANON, live.binding("insert", "nothing", null));
        assertThat(heard.systems())
                .containsExactly(
                        "error Unable to subscribe to changes with given parameters. Please check"
                            + " Realtime is enabled for the given connect parameters: [event:"
                            + " INSERT, schema: public, table: nothing, filters: [], select: nil]");
    }

    @Test
    void refusesColumnsThatAreNotThereOrMayNotBeRead() {
        refuses(
                "nocol=eq.1",
                exception(
                        "[{\"nocol\", \"eq\", \"1\", false}]",
                        "nil",
                        "P0001 (raise_exception) invalid column for filter nocol"));
        refuses(
                "hidden=eq.1",
                exception(
                        "[{\"hidden\", \"eq\", \"1\", false}]",
                        "nil",
                        "P0001 (raise_exception) invalid column for filter hidden"));
        refuses(
                null,
                exception(
                        "[]",
                        "[\"hidden\"]",
                        "P0001 (raise_exception) invalid column for select hidden"),
                "hidden");
    }

    @Test
    void saysWhyAColumnThatIsNotCarriedCannotFilter() {
        Heard heard = live.filtered(ANON, "things", "twice=eq.2");
        assertThat(heard.systems().getFirst())
                .contains("invalid column for filter twice: publication");
    }

    @Test
    void refusesValuesThatAreNotOfTheType() {
        refuses(
                "id=eq.abc",
                exception(
                        "[{\"id\", \"eq\", \"abc\", false}]",
                        "nil",
                        "22P02 (invalid_text_representation) invalid input syntax for type integer:"
                                + " \"abc\""));
    }

    @Test
    void refusesMoreThan100Values() {
        String many = "1" + ",1".repeat(100);
        refuses(
                "id=in.(" + many + ")",
                exception(
                        "[{\"id\", \"in\", \"{" + many + "}\", false}]",
                        "nil",
                        "P0001 (raise_exception) too many values for `in` filter. Maximum 100"));
    }

    @Test
    void refusesIsWithOtherWordsOrTypes() {
        refuses(
                "done=is.maybe",
                exception(
                        "[{\"done\", \"is\", \"maybe\", false}]",
                        "nil",
                        "P0001 (raise_exception) invalid value for is filter: must be null, true,"
                                + " false, or unknown"));
        refuses(
                "id=is.true",
                exception(
                        "[{\"id\", \"is\", \"true\", false}]",
                        "nil",
                        "P0001 (raise_exception) is true filter requires a boolean column, got"
                                + " integer"));
    }

    @Test
    void refusesPatternsOnOtherTypesAndBadOnes() {
        refuses(
                "id=like.a",
                exception(
                        "[{\"id\", \"like\", \"a\", false}]",
                        "nil",
                        "P0001 (raise_exception) operator like requires a text-compatible column"
                                + " type, got integer"));
        refuses(
                "name=match.(",
                exception(
                        "[{\"name\", \"match\", \"(\", false}]",
                        "nil",
                        "P0001 (raise_exception) invalid regular expression for match filter:"
                                + " invalid regular expression: parentheses () not balanced"));
    }

    @Test
    void refusesSelectOnWildcards() {
        Heard heard = live.subscribe(ANON, live.binding("*", "*", null, "id"));
        assertThat(heard.systems())
                .containsExactly(
                        "error Column selection is not supported for wildcard subscriptions."
                                + " Provide an explicit schema and table name.");
    }

    @Test
    void refusesABindingWithoutSchemaAndTable() {
        var binding =
                new Binding(
                        9, "*", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        assertThat(live.subscribe(ANON, binding).systems())
                .containsExactly(
                        "error No subscription params provided. Please provide at least a `schema`"
                                + " or `table` to subscribe to: %{}");
    }

    @Test
    void oneBadBindingRefusesTheWholeChannel() {
        Heard heard =
                live.subscribe(
                        ANON,
                        live.binding("*", "things", null),
                        live.binding("*", "things", "nocol=eq.1"));
        live.execute("insert into things values (900)");
        live.subscribe(ANON, "things");
        assertThat(heard.systems()).hasSize(1);
        assertThat(heard.shortly()).isEmpty();
    }

    @Test
    void aTableThatIsPublishedLaterComesIntoForce() {
        Heard heard = live.subscribe(ANON, "later");
        assertThat(heard.systems()).hasSize(1);

        live.execute(
                "create table later (id int primary key); grant select on later to anon;"
                        + " alter publication supabase_realtime add table later");
        heard.untilSystem("ok Subscribed to PostgreSQL");
        live.execute("insert into later values (1)");

        heard.until("INSERT 1");
    }

    @Test
    void aColumnThatWasPublishedAMomentAgoMayBeFilteredBy() {
        try (var slow =
                Live.start(
                        Map.of("HEARTH_PUBLICATION_EVERY_MS", "600000"),
                        "create table wide (id int primary key, kind text);"
                                + " grant select on wide to anon;"
                                + " alter publication supabase_realtime add table wide (id)")) {
            slow.subscribe(ANON, "wide").untilSystem("ok Subscribed to PostgreSQL");
            slow.execute("alter publication supabase_realtime set table wide (id, kind)");

            assertThat(slow.subscribe(ANON, slow.binding("*", "wide", "kind=eq.a")).systems())
                    .containsExactly("ok Subscribed to PostgreSQL");
        }
    }

    @Test
    void aWildcardCoversTablesThatArePublishedLater() {
        Heard heard = live.subscribe(Caller.ofRole("service_role"), "*");

        live.execute(
                "create table newer (id int primary key);"
                        + " alter publication supabase_realtime add table newer",
                "insert into newer values (77)");

        heard.until("INSERT 77");
    }

    @Test
    void withoutTheDatabaseItFollowsOnceItIsBack() {
        live.away = true;
        Heard heard = live.subscribe(ANON, "things");
        assertThat(heard.systems())
                .containsExactly("error Realtime was unable to connect to the project database");

        live.away = false;
        heard.untilSystem("ok Subscribed to PostgreSQL");
        live.execute("insert into things values (500)");

        heard.until("INSERT 500");
    }

    @Test
    void filtersDecideOnTheNewRow() {
        Heard eq = live.filtered(ANON, "things", "name=eq.blue,id=gte.700");
        Heard in = live.filtered(ANON, "things", "name=in.(blue,red),id=gte.700");
        Heard numeric = live.filtered(ANON, "things", "n=eq.1.0,id=gte.700");
        Heard regular = live.filtered(ANON, "things", "name=match.^b,id=gte.700");
        Heard all = live.filtered(ANON, "things", "id=gte.700");

        live.execute(
                "insert into things values (701, 'blue', 1.00), (702, 'red', 2), (703, null, 1)",
                "update things set name = 'red' where id = 701",
                "insert into things values (799, 'blue', 1)");

        all.until("INSERT 799");
        assertThat(eq.shortly()).containsExactly("INSERT 701", "INSERT 799");
        assertThat(in.shortly())
                .containsExactly("INSERT 701", "INSERT 702", "UPDATE 701", "INSERT 799");
        assertThat(numeric.shortly())
                .containsExactly("INSERT 701", "INSERT 703", "UPDATE 701", "INSERT 799");
        assertThat(regular.shortly()).containsExactly("INSERT 701", "INSERT 799");
        live.execute("delete from things where id >= 700");
    }

    @Test
    void selectKeepsTheColumnsAndTheKey() {
        Heard heard = live.subscribe(ANON, live.binding("INSERT", "things", "id=eq.600", "name"));

        live.execute("insert into things values (600, 'x', 1)");

        assertThat(heard.event("INSERT 600").row().toString())
                .isEqualTo("{\"id\":600,\"name\":\"x\"}");
    }

    @Test
    void twoBindingsOfOneChannelShareAFrame() {
        Binding one = live.binding("*", "things", "id=eq.610");
        Binding two = live.binding("INSERT", "things", "name=eq.y");
        Heard heard = live.subscribe(ANON, one, two);
        Heard other = live.subscribe(ANON, live.binding("*", "things", "id=eq.610"));

        live.execute("insert into things values (610, 'y')");

        assertThat(heard.event("INSERT 610").ids()).containsExactly(one.id(), two.id());
        assertThat(heard.event("INSERT 610").delivery())
                .isSameAs(other.event("INSERT 610").delivery());
    }

    @Test
    void aNewCallerCountsFromTheNextTransactionOn() {
        var heard = new Heard();
        var subscription =
                live.changes
                        .subscriptions()
                        .subscribe(
                                Live.user(Live.ANN),
                                List.of(live.binding("*", "notes", null)),
                                heard);
        live.execute("insert into notes values (1, '%s')".formatted(Live.ANN));
        heard.until("INSERT 1");

        subscription.changeCaller(Live.user(Live.BEN));
        live.execute("insert into notes values (2, '%s'), (3, '%s')".formatted(Live.ANN, Live.BEN));

        heard.until("INSERT 3");
        assertThat(heard.shortly()).containsExactly("INSERT 1", "INSERT 3");
        assertThat(heard.systems())
                .containsExactly("ok Subscribed to PostgreSQL", "ok Subscribed to PostgreSQL");
    }

    @Test
    void nothingComesAfterClose() {
        var heard = new Heard();
        var subscription =
                live.changes
                        .subscriptions()
                        .subscribe(ANON, List.of(live.binding("*", "things", null)), heard);
        Heard marker = live.subscribe(ANON, "things");

        subscription.close();
        live.execute("insert into things values (650)");

        marker.until("INSERT 650");
        assertThat(heard.shortly()).isEmpty();
    }
}

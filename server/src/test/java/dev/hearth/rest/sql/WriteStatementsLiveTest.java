package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Mutation.Conflict;
import dev.hearth.rest.plan.Mutation.Delete;
import dev.hearth.rest.plan.Mutation.Insert;
import dev.hearth.rest.plan.Mutation.Update;
import dev.hearth.rest.plan.Mutation.Upsert;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the statements of changes do and answer; each test's changes are undone.
@Tag("all-postgres")
class WriteStatementsLiveTest {
    private static final BodyColumn ID = Plans.column("id", "integer");
    private static final BodyColumn NAME = Plans.column("name", "text");

    @RegisterExtension static final Fixture studio = new Fixture();

    @BeforeEach
    void begin() throws SQLException {
        studio.connection().setAutoCommit(false);
    }

    @AfterEach
    void undo() throws SQLException {
        studio.connection().rollback();
        studio.connection().setAutoCommit(true);
    }

    @Test
    void anArrayInsertsItsObjects() throws SQLException {
        var answer =
                studio.run(
                        returned(
                                insert("clients", List.of(ID, NAME), false, List.of("id", "name"))),
                        "[{\"id\":8,\"name\":\"Eve\"},{\"id\":9}]");

        assertThat(answer.body())
                .isEqualTo("[{\"id\":8,\"name\":\"Eve\"}, \n {\"id\":9,\"name\":null}]");
        assertThat(answer.page()).isEqualTo(2);
        assertThat(answer.inserted()).isNull();
    }

    @Test
    void anObjectInsertsOneRow() throws SQLException {
        var answer =
                studio.run(
                        Plans.silent(insert("clients", List.of(ID), true, List.of())),
                        "{\"id\":8}");

        assertThat(answer).isEqualTo(new Execution(null, 1, "{}", "", null, null, null));
    }

    @Test
    void anEmptyArrayInsertsNothing() throws SQLException {
        var answer = studio.run(returned(insert("clients", List.of(), false, List.of("*"))), "[]");

        assertThat(answer.body()).isEqualTo("[]");
    }

    @Test
    void anEmptyObjectInsertsDefaults() throws SQLException {
        assertThat(
                        studio.run(Plans.silent(insert("notes", List.of(), true, List.of())), "{}")
                                .page())
                .isEqualTo(1);
    }

    @Test
    void eachEmptyObjectOfAnArrayInsertsDefaults() throws SQLException {
        assertThat(
                        studio.run(
                                        Plans.silent(insert("notes", List.of(), false, List.of())),
                                        "[{},{}]")
                                .page())
                .isEqualTo(2);
    }

    @Test
    void defaultsStandInForWhatIsMissingButNotForNull() throws SQLException {
        var insert = defaults(notes(), false);

        assertThat(studio.run(returned(insert), "[{},{\"what?\":null},{\"what?\":\"b\"}]").body())
                .isEqualTo(
                        "[{\"what?\":\"a ? b\",\"marked\":true}, \n"
                                + " {\"what?\":null,\"marked\":true}, \n"
                                + " {\"what?\":\"b\",\"marked\":true}]");
    }

    @Test
    void defaultsStandInForWhatAnObjectLeavesOut() throws SQLException {
        assertThat(studio.run(returned(defaults(notes(), true)), "{\"marked\":false}").body())
                .isEqualTo("[{\"what?\":\"a ? b\",\"marked\":false}]");
    }

    @Test
    void defaultsAreMadeForEachRow() throws SQLException {
        var id = Plans.column("id", "integer", "nextval('api.notes_id_seq'::regclass)");
        var insert =
                new Insert(
                        Node.name("notes"),
                        List.of(id),
                        false,
                        Optional.empty(),
                        List.of("id"),
                        List.of(),
                        true);

        assertThat(studio.run(Plans.silent(insert), "[{},{},{}]").page()).isEqualTo(3);
    }

    @Test
    void aHundredAndTwentyColumnsMayHaveDefaults() throws SQLException {
        List<BodyColumn> columns =
                IntStream.range(0, 120)
                        .mapToObj(i -> Plans.column("c" + i, "integer", String.valueOf(i)))
                        .toList();
        var names = columns.stream().map(BodyColumn::name).toList();
        try (var statement = studio.connection().createStatement()) {
            statement.execute("create table api.wide(" + String.join(" int, ", names) + " int)");
        }
        var insert =
                new Insert(
                        Node.name("wide"),
                        columns,
                        false,
                        Optional.empty(),
                        List.of("c119"),
                        List.of(),
                        true);

        assertThat(
                        studio.run(Plans.write(insert, Node.outcome("wide").select("c119")), "[{}]")
                                .body())
                .isEqualTo("[{\"c119\":119}]");
    }

    @Test
    void representationsReadTheBody() throws SQLException {
        var color =
                new BodyColumn(
                        "color", "json", Optional.of("\"api\".\"color_in\""), Optional.empty());
        var insert = insert("paints", List.of(ID, color), true, List.of("color"));

        assertThat(
                        studio.run(
                                        Plans.write(insert, Node.outcome("paints").select("color")),
                                        "{\"id\":9,\"color\":\"#0000ff\"}")
                                .body())
                .isEqualTo("[{\"color\":255}]");
    }

    @Test
    void mergingTellsHowManyRowsWereNew() throws SQLException {
        var merge = conflicting(true, List.of("id"));

        assertThat(
                        studio.run(
                                Plans.silent(merge),
                                "[{\"id\":1,\"name\":\"X\"},{\"id\":8,\"name\":\"Y\"}]"))
                .extracting(Execution::page, Execution::inserted)
                .containsExactly(2L, 1);
        assertThat(name(1)).isEqualTo("X");
    }

    @Test
    void mergingRowsThatAreThereTellsThatNoneWasNew() throws SQLException {
        var merge = conflicting(true, List.of("id"));

        assertThat(studio.run(Plans.silent(merge), "[{\"id\":1,\"name\":\"X\"}]").inserted())
                .isZero();
    }

    @Test
    void ignoringLeavesRowsAsTheyAre() throws SQLException {
        var ignore = conflicting(false, List.of("id"));

        assertThat(studio.run(Plans.silent(ignore), "[{\"id\":1,\"name\":\"X\"}]").page()).isZero();
        assertThat(name(1)).isEqualTo("Ann");
    }

    @Test
    void withoutColumnsThatTellAConflictThereIsNone() throws SQLException {
        var merge = conflicting(true, List.of());

        assertThat(studio.run(Plans.silent(merge), "[{\"id\":8}]").inserted()).isOne();
    }

    @Test
    void anUpsertOverwrites() throws SQLException {
        var answer = studio.run(returned(upsert("1")), "{\"id\":1,\"name\":\"New\"}");

        assertThat(answer.body()).isEqualTo("[{\"id\":1,\"name\":\"New\"}]");
        assertThat(answer.inserted()).isZero();
    }

    @Test
    void anUpsertInserts() throws SQLException {
        assertThat(studio.run(returned(upsert("7")), "{\"id\":7,\"name\":\"New\"}").inserted())
                .isOne();
    }

    @Test
    void anUpsertWhoseBodyHasAnotherKeyDoesNothing() throws SQLException {
        var answer = studio.run(returned(upsert("1")), "{\"id\":2,\"name\":\"New\"}");

        assertThat(answer.page()).isZero();
        assertThat(answer.inserted()).isNull();
    }

    @Test
    void aNewRowHasAnAddress() throws SQLException {
        var insert = addressed(List.of("id"));

        assertThat(studio.run(Plans.silent(insert), "{\"id\":8,\"name\":\"E\"}").header())
                .isEqualTo("{id=eq.8}");
    }

    @Test
    void anAddressTellsNulls() throws SQLException {
        var insert = addressed(List.of("name", "id"));

        assertThat(studio.run(Plans.silent(insert), "{\"id\":8}").header())
                .isEqualTo("{id=eq.8,name=is.null}");
    }

    @Test
    void aChangeTouchesOnlyRowsThatMatch() throws SQLException {
        var answer = studio.run(returned(update(List.of(NAME), "2")), "{\"name\":\"Z\"}");

        assertThat(answer.body()).isEqualTo("[{\"id\":2,\"name\":\"Z\"}]");
        assertThat(name(1)).isEqualTo("Ann");
    }

    @Test
    void aChangeOfNoColumnsChangesNothing() throws SQLException {
        assertThat(studio.run(returned(update(List.of(), "2")), "{}").body()).isEqualTo("[]");
    }

    @Test
    void aChangeOfNoColumnsMayReturnNone() throws SQLException {
        var update = new Update(Node.name("clients"), List.of(), true, List.of(), List.of(), false);

        assertThat(studio.run(Plans.silent(update), "{}").page()).isZero();
    }

    @Test
    void aDeletionReturnsWhatWasThere() throws SQLException {
        var delete =
                new Delete(Node.name("tasks"), List.of(equal("id", "3")), List.of("project_id"));
        var project =
                Node.table("projects", "projects_1")
                        .select("name")
                        .join(
                                Qualifier.alias("projects_1"),
                                "id",
                                Qualifier.alias("tasks"),
                                "project_id");
        var rows = Node.outcome("tasks").one("project", "tasks_project_1", project);

        assertThat(studio.run(Plans.write(delete, rows), "").body())
                .isEqualTo("[{\"project\":{\"name\": \"Two\"}}]");
    }

    @Test
    void aFunctionOfTheRowEmbedsInWhatCameBack() throws SQLException {
        var update =
                new Update(
                        Node.name("projects"),
                        List.of(NAME),
                        true,
                        List.of(equal("id", "1")),
                        List.of("*"),
                        false);
        var client =
                Node.function("client_of", Qualifier.alias("projects"), "projects", "clients_1")
                        .select("name");
        var rows = Node.outcome("projects").select("name").one("client_of", "p_c_1", client);

        assertThat(studio.run(Plans.write(update, rows), "{\"name\":\"N\"}").body())
                .isEqualTo("[{\"name\":\"N\",\"client_of\":{\"name\": \"Ann\"}}]");
    }

    private static Predicate equal(String column, String value) {
        return new Comparison(Reference.of(column), false, Node.is(value));
    }

    private static Plan.Write returned(Mutation mutation) {
        Node rows = Node.outcome(mutation.relation().name());
        return Plans.write(mutation, rows.select(mutation.returning().toArray(String[]::new)));
    }

    private static Insert insert(
            String table, List<BodyColumn> columns, boolean object, List<String> returning) {
        return new Insert(
                Node.name(table), columns, object, Optional.empty(), returning, List.of(), false);
    }

    private static Insert addressed(List<String> key) {
        return new Insert(
                Node.name("clients"),
                List.of(ID, NAME),
                true,
                Optional.empty(),
                List.of("id", "name"),
                key,
                false);
    }

    private static List<BodyColumn> notes() {
        return List.of(
                Plans.column("what?", "text", "'a ? b'::text"),
                Plans.column("marked", "boolean", "('{\"a\": 1}'::jsonb ? 'a'::text)"));
    }

    private static Insert defaults(List<BodyColumn> columns, boolean object) {
        return new Insert(
                Node.name("notes"),
                columns,
                object,
                Optional.empty(),
                List.of("what?", "marked"),
                List.of(),
                true);
    }

    private static Insert conflicting(boolean merge, List<String> columns) {
        return new Insert(
                Node.name("clients"),
                List.of(ID, NAME),
                false,
                Optional.of(new Conflict(merge, columns)),
                List.of(),
                List.of(),
                false);
    }

    private static Upsert upsert(String id) {
        return new Upsert(
                Node.name("clients"),
                List.of(ID, NAME),
                true,
                List.of(equal("id", id)),
                List.of("id", "name"),
                List.of("id"));
    }

    private static Update update(List<BodyColumn> columns, String id) {
        return new Update(
                Node.name("clients"),
                columns,
                true,
                List.of(equal("id", id)),
                List.of("id", "name"),
                false);
    }

    private static String name(int id) throws SQLException {
        try (var statement = studio.connection().createStatement();
                var rows =
                        statement.executeQuery("select name from api.clients where id = " + id)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

@Tag("all-postgres")
class ProjectMigrationsTest implements MigrationProgress {

    @TempDir Path project;

    private final List<String> applied = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final TestDatabase database;
    private final Migrations migrations;

    ProjectMigrationsTest() {
        database = TestPostgres.cluster().createPlatformDatabase();
        migrations = Databases.migrations(database, this);
    }

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(project.resolve("supabase/migrations"));
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notebook", "rooms", "dumped"})
    void appliesWhatPeopleWroteForTheHostedPlatform(String name) throws Exception {
        migrations.project(fixture(name), false);

        assertThat(applied).isNotEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void runsEachFileOnceAndTheSeedAfterThem() throws Exception {
        migrations.project(fixture("notebook"), false);
        migrations.project(fixture("notebook"), false);

        assertThat(applied)
                .containsExactly(
                        "20240105090000_profiles.sql",
                        "20240106100000_notes.sql",
                        "20240107110000_storage.sql",
                        "seed.sql");
    }

    @Test
    void seedsThroughTheTriggersOfTheProject() throws Exception {
        migrations.project(fixture("notebook"), false);

        assertThat(
                        database.ask(
                                """
                                select nickname || ': ' || title
                                from public.notes join public.profiles on author = profiles.id\
                                """))
                .isEqualTo("Ida: Welcome; and hello");
    }

    @Test
    void recordsAsTheSupabaseCliDoes() throws Exception {
        write("20240101000000_two words.sql", "-- first\nselect 1;\n\nselect ';';\n");
        migrations.project(project, false);

        assertThat(
                        database.ask(
                                """
                                select concat_ws('|', version, name, array_to_string(statements, '|'))
                                from supabase_migrations.schema_migrations\
                                """))
                .isEqualTo("20240101000000|two words|-- first\nselect 1|select ';'");
    }

    @Test
    void runsAsThePostgresRole() throws Exception {
        write("20240101000000_a.sql", "create table public.a (who text default current_user);");
        migrations.project(project, false);

        assertThat(database.ask("select tableowner from pg_tables where tablename = 'a'"))
                .isEqualTo("postgres");
    }

    @Test
    void namesFileLineStateAndStatementOfAnError() throws Exception {
        write("20240101000000_a.sql", "create table public.a ();\n\nselect 1,\n  nothing\nfrom a;");

        assertThatThrownBy(() -> migrations.project(project, false))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "20240101000000_a.sql:4: column \"nothing\" does not exist (SQLSTATE"
                                + " 42703)")
                .hasMessageEndingWith("select 1,");
    }

    @Test
    void keepsNothingOfAFileThatFails() throws Exception {
        write("20240101000000_a.sql", "create table public.a (); select nothing;");

        assertThatThrownBy(() -> migrations.project(project, false)).isInstanceOf(Refusal.class);

        assertThat(
                        database.ask(
                                """
                                select to_regclass('public.a') is null and not exists (
                                    select from supabase_migrations.schema_migrations)\
                                """))
                .isEqualTo("t");
    }

    @Test
    void seedsANewDatabaseEvenWhenTheFirstAttemptFailed() throws Exception {
        write("20240101000000_a.sql", "create table public.a (id int);");
        write("20240102000000_b.sql", "select nothing;");
        Files.writeString(project.resolve("supabase/seed.sql"), "insert into public.a values (7);");
        assertThatThrownBy(() -> migrations.project(project, false)).isInstanceOf(Refusal.class);
        write("20240102000000_b.sql", "select 1;");

        migrations.project(project, false);

        assertThat(database.ask("select id from public.a")).isEqualTo("7");
    }

    @Test
    void doesNotSeedADatabaseThatHadMigrations() throws Exception {
        write("20240101000000_a.sql", "create table public.a (id int);");
        migrations.project(project, false);
        Files.writeString(project.resolve("supabase/seed.sql"), "insert into public.a values (7);");
        migrations.project(project, false);

        assertThat(database.ask("select count(*) from public.a")).isEqualTo("0");
    }

    @Test
    void runsTheRolesOfTheProjectBeforeItsMigrationsAndOnce() throws Exception {
        write("supabase/roles.sql", "create role once_clerk; select 1;");
        write("20240101000000_a.sql", "select nothing;");
        assertThatThrownBy(() -> migrations.project(project, false)).isInstanceOf(Refusal.class);
        write("20240101000000_a.sql", "grant once_clerk to authenticator;");

        migrations.project(project, false);
        migrations.project(project, false);

        assertThat(applied)
                .containsExactly("roles.sql", "20240101000000_a.sql", "20240101000000_a.sql");
        database.execute("drop role once_clerk");
    }

    @Test
    void seedsFromThePathsThatTheConfigurationNamesInItsOrder() throws Exception {
        write(
                "supabase/config.toml",
                """
                project_id = "x"
                [db.seed]
                sql_paths = ["./first.sql", "seeds/*.sql", "../shared/[ab]?.sql", "first.sql"]
                """);
        write("supabase/first.sql", "create table public.seeded (place text);");
        write("supabase/seeds/b.sql", "insert into public.seeded values ('b');");
        write("supabase/seeds/a.sql", "insert into public.seeded values ('a');");
        write("supabase/seeds/deeper/c.sql", "select nothing;");
        write("shared/a1.sql", "insert into public.seeded values ('a1');");
        write("shared/c1.sql", "select nothing;");

        migrations.project(project, false);
        migrations.project(project, false);

        assertThat(applied)
                .containsExactly("first.sql", "seeds/a.sql", "seeds/b.sql", "shared/a1.sql");
        assertThat(
                        database.ask(
                                "select string_agg(path, ' ' order by path)"
                                        + " from supabase_migrations.seed_files"))
                .isEqualTo(
                        "shared/a1.sql supabase/first.sql supabase/seeds/a.sql"
                                + " supabase/seeds/b.sql");
        assertThat(warnings).isEmpty();
    }

    @Test
    void tellsOfASeedThatIsNotThere() throws Exception {
        write("supabase/config.toml", "[db.seed]\nsql_paths = ['none/*.sql']");

        migrations.project(project, false);

        assertThat(warnings).containsExactly("config.toml: no file matches the seed none/*.sql");
    }

    @Test
    void runsNeitherSeedsNorMigrationsThatAreSwitchedOff() throws Exception {
        write(
                "supabase/config.toml",
                "[db.seed]\nenabled = false\n[db.migrations]\nenabled = false");
        write("supabase/seed.sql", "select nothing;");
        write("20240101000000_a.sql", "select nothing;");

        migrations.project(project, false);

        assertThat(applied).isEmpty();
    }

    @Test
    void namesTheLineOfAConfigurationThatIsNoToml() throws Exception {
        write("supabase/config.toml", "[db.seed]\nsql_paths = [\n");

        assertThatThrownBy(() -> migrations.project(project, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("config.toml:");
    }

    @Test
    void stopsAtAnExtensionThatTheServerLacks() {
        assertThatThrownBy(() -> migrations.project(fixture("vectors"), false))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "20240520000000_documents.sql:4: this PostgreSQL lacks the extension"
                                + " \"vector\".");
    }

    @Test
    void goesOnWithoutAnExtensionWhenToldTo() throws Exception {
        migrations.project(fixture("vectors"), true);

        assertThat(warnings)
                .containsExactly(
                        "20240520000000_documents.sql:4: this PostgreSQL lacks the extension"
                                + " \"vector\". Skipped.",
                        "20240520000000_documents.sql:5: this PostgreSQL lacks the extension"
                                + " \"vector\". Skipped.");
    }

    @Test
    void seesAMissingExtensionInsideADoBlock() throws Exception {
        write("20240101000000_a.sql", "do $$ begin create extension vector; end $$;");

        assertThatThrownBy(() -> migrations.project(project, false))
                .hasMessageContaining("lacks the extension \"vector\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy public.a from stdin;\n1\n\\.\n", "\\connect other\n"})
    void refusesWhatOnlyPsqlCanRun(String text) throws Exception {
        write("20240101000000_a.sql", "create table public.a (id int);\n" + text);

        assertThatThrownBy(() -> migrations.project(project, false))
                .hasMessageStartingWith("20240101000000_a.sql:2: COPY and commands");
    }

    @Test
    void refusesAFileOlderThanWhatRan() throws Exception {
        write("20240102000000_b.sql", "select 1;");
        migrations.project(project, false);
        write("20240101000000_a.sql", "select 1;");

        assertThatThrownBy(() -> migrations.project(project, false))
                .hasMessage(
                        "20240101000000_a.sql did not run, but the later version 20240102000000"
                                + " did.");
    }

    @Test
    void tellsOfAVersionWhoseFileIsGone() throws Exception {
        write("20240101000000_a.sql", "select 1;");
        migrations.project(project, false);
        Files.delete(project.resolve("supabase/migrations/20240101000000_a.sql"));

        migrations.project(project, false);

        assertThat(warnings)
                .containsExactly("Applied earlier, but no longer in the folder: [20240101000000]");
    }

    @Test
    void refusesAFolderThatIsNoProject() {
        assertThatThrownBy(() -> migrations.project(project.resolve("none"), false))
                .hasMessageContaining("holds no folder named supabase");
    }

    @Test
    void cannotBecomeSuperuser() throws Exception {
        write("20240101000000_a.sql", "alter role postgres superuser;");

        assertThatThrownBy(() -> migrations.project(project, false))
                .hasMessageContaining("SQLSTATE 42501");
    }

    @Test
    void lendsNoExtensionThatReachesTheSystem() throws SQLException {
        assertThatThrownBy(
                        () ->
                                Databases.ask(
                                        database,
                                        "postgres",
                                        "select hearth.create_extension('adminpack')"))
                .hasMessageContaining("needs a superuser");
    }

    @Override
    public void applying(String file) {
        applied.add(file);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    private void write(String name, String text) throws IOException {
        var file = project.resolve(name.contains("/") ? name : "supabase/migrations/" + name);
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Files.writeString(file, text);
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(ProjectMigrationsTest.class.getResource("/projects/" + name))
                        .toURI());
    }
}

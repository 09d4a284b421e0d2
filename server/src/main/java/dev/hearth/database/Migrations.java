package dev.hearth.database;

import dev.hearth.config.Secret;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.callback.Warning;
import org.postgresql.util.PasswordUtil;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

/// Brings a database to the state that the server and its users expect: the platform's SQL, the
/// schemas that are added by name, a project's own migrations. All of it runs once; each method may
/// be called at every start.
///
/// Blocks; for one thread at a time. Runs of several servers on one database wait for each other.
public final class Migrations {

    private static final String SCRIPTS = "classpath:dev/hearth/sql/";

    private static final String DEVELOPMENT =
            """
            do $$
            begin
                if current_setting('hearth.environment', true) is distinct from 'development' then
                    execute format('alter database %I set hearth.environment = %L',
                        current_database(), 'development');
                end if;
            end $$\
            """;

    private static final String NO_DEVELOPMENT =
            """
            do $$
            begin
                if current_setting('hearth.environment', true) <> '' then
                    execute format('alter database %I reset hearth.environment', current_database());
                end if;
            end $$\
            """;

    private final DataSource owner;
    private final DataSource developer;
    private final MigrationProgress progress;

    /// @param owner gives new connections, not pooled ones, of the role that lays the platform: a
    ///   superuser, or the owner role of somebody's own database
    /// @param developer the same for the role that owns users' objects: `postgres` where a
    ///   superuser laid the platform, else the owner role
    public Migrations(DataSource owner, DataSource developer, MigrationProgress progress) {
        this.owner = owner;
        this.developer = developer;
        this.progress = progress;
    }

    /// Lays or completes the platform, sets the passwords of the roles that the server signs in as,
    /// and says whether new tables in `public` are exposed. What the owner's rights do not reach is
    /// told as a warning with the statement that mends it.
    ///
    /// @param passwords by role. They leave this process as SCRAM verifiers only
    /// @param exposeNewTables `HEARTH_AUTO_EXPOSE_NEW_TABLES`
    /// @throws org.flywaydb.core.api.FlywayException when a file fails or the database cannot be
    ///   reached
    public void platform(Map<String, Secret> passwords, boolean exposeNewTables)
            throws SQLException {
        flyway(owner, "platform", "hearth", "platform_history").migrate();
        try (Connection connection = owner.getConnection()) {
            for (var password : passwords.entrySet()) {
                setPassword(connection, password.getKey(), password.getValue());
            }
            call(connection, "select hearth.expose_new_tables(?)", exposeNewTables);
        }
    }

    /// Lays or completes a schema that is added by name (`support-chat`), as the developer role.
    ///
    /// @throws org.flywaydb.core.api.FlywayException as [#platform]
    public void with(String name) {
        flyway(developer, name, "supabase_migrations", "hearth_" + name.replace('-', '_'))
                .migrate();
    }

    /// Applies the migrations of a project that did not run yet, in the order of their names, each
    /// in one transaction unless it holds a statement that refuses one; where no migration had run
    /// before, `roles.sql` comes first and the seeds (`[db.seed] sql_paths` of `config.toml`,
    /// `seed.sql` by default) last. Recorded in `supabase_migrations` as the Supabase CLI does.
    ///
    /// @param project the folder that holds the folder `supabase`
    /// @param skipMissingExtensions go on, with a warning, where this PostgreSQL lacks an extension
    /// @throws dev.hearth.problem.Refusal with a [MigrationProblem]
    public void project(Path project, boolean skipMissingExtensions) throws SQLException {
        new ProjectMigrations(developer, progress, skipMissingExtensions).run(project);
    }

    /// Makes the partitions of `realtime.messages` for the days around now and drops the old ones.
    /// Wanted at start and daily.
    public void messagePartitions() throws SQLException {
        try (Connection connection = owner.getConnection()) {
            call(connection, "select realtime.create_message_partitions()");
            call(connection, "select realtime.drop_message_partitions()");
        }
    }

    /// Says in the database whether it is one for development only: setting `hearth.environment`,
    /// which files that open what a policy closes ask for. For databases of our own; on somebody
    /// else's it is theirs to set.
    public void environment(boolean development) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            call(connection, development ? DEVELOPMENT : NO_DEVELOPMENT);
        }
    }

    private Flyway flyway(DataSource source, String folder, String schema, String table) {
        return Flyway.configure()
                .dataSource(source)
                .locations(SCRIPTS + folder)
                .defaultSchema(schema)
                .schemas(schema)
                .table(table)
                .callbacks(new Warnings(progress))
                .placeholderReplacement(false)
                // The files may have run with psql before: they bear it, so begin at the first.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .outOfOrder(true)
                .load();
    }

    /// What the database warns of while a file runs, such as a right that the owner lacks.
    private record Warnings(MigrationProgress progress) implements Callback {
        private static final String NOTICE = "00000";

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_EACH_MIGRATE_STATEMENT;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            for (Warning warning : context.getStatement().getWarnings()) {
                if (!NOTICE.equals(warning.getState())) {
                    progress.warning(warning.getMessage());
                }
            }
        }

        @Override
        public String getCallbackName() {
            return "warnings";
        }
    }

    private void setPassword(Connection connection, String role, Secret password)
            throws SQLException {
        String verifier = PasswordUtil.encodeScramSha256(password.value().toCharArray());
        String statement;
        try (var quote =
                connection.prepareStatement("select format('alter role %I password %L', ?, ?)")) {
            quote.setString(1, role);
            quote.setString(2, verifier);
            try (var rows = quote.executeQuery()) {
                rows.next();
                statement = rows.getString(1);
            }
        }
        try (var alter = connection.createStatement()) {
            alter.execute(statement);
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            progress.warning(
                    "The password of %s could not be set (%s). Have a superuser set it."
                            .formatted(role, e.getMessage()));
        }
    }

    private static void call(Connection connection, String text, Object... values)
            throws SQLException {
        Sql sql = Sql.of(text, values);
        try (var statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement, 1);
            statement.execute();
        }
    }
}

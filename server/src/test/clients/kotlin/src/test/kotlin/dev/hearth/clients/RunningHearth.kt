package dev.hearth.clients

import dev.hearth.Server
import dev.hearth.config.Config
import dev.hearth.config.Settings
import dev.hearth.database.StartProgress
import io.github.jan.supabase.SupabaseClient
import io.github.jan.supabase.auth.Auth
import io.github.jan.supabase.auth.minimalConfig
import io.github.jan.supabase.createSupabaseClient
import io.github.jan.supabase.logging.LogLevel
import io.github.jan.supabase.postgrest.Postgrest
import io.github.jan.supabase.realtime.Realtime
import io.github.jan.supabase.realtime.RealtimeProtocolVersion
import java.net.URI
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager

/**
 * A whole server on free ports, with an embedded PostgreSQL in the folder given, the tables of `../library`, and the
 * table `public.notes` that its owners alone may read.
 *
 * Everything the checks know of it, they know as its users do: an address, a key, a database to write to.
 */
class RunningHearth private constructor(private val server: Server, private val config: Config) : AutoCloseable {

    private val database: Connection = connect(server.databaseUrl())

    /** The address of the API. */
    val url: String = server.apiUrl().toString()

    /** The key of a browser. */
    val key: String = config.token().publishableKeys().first().value()

    /** A client as an application makes it; the caller closes it. */
    fun client(version: RealtimeProtocolVersion = RealtimeProtocolVersion.V2): SupabaseClient =
        client(key, version)

    /** The client of a trusted service; the caller closes it. */
    fun service(): SupabaseClient = client(config.token().secretKeys().first().value(), RealtimeProtocolVersion.V2)

    private fun client(key: String, version: RealtimeProtocolVersion): SupabaseClient =
        createSupabaseClient(url, key) {
            defaultLogLevel = LogLevel.WARNING
            install(Auth) { minimalConfig() }
            install(Postgrest)
            install(Realtime) { vsn = version }
        }

    /** Runs statements as the owner of the tables. */
    fun execute(sql: String) {
        database.createStatement().use { it.execute(sql) }
    }

    /** Commits a note of [owner] and returns its id. */
    fun insert(owner: String, body: String): Long =
        database.prepareStatement("insert into public.notes (owner, body) values (?::uuid, ?) returning id").use {
            it.setString(1, owner)
            it.setString(2, body)
            it.executeQuery().use { row ->
                row.next()
                row.getLong(1)
            }
        }

    /** Commits another text for a note. */
    fun update(id: Long, body: String) {
        database.prepareStatement("update public.notes set body = ? where id = ?").use {
            it.setString(1, body)
            it.setLong(2, id)
            it.executeUpdate()
        }
    }

    /** Commits the removal of a note. */
    fun delete(id: Long) {
        database.prepareStatement("delete from public.notes where id = ?").use {
            it.setLong(1, id)
            it.executeUpdate()
        }
    }

    override fun close() {
        database.close()
        server.close()
    }

    private fun makeNotes() {
        database.createStatement().use {
            it.execute(
                """
                create table public.notes (
                    id bigint generated always as identity primary key, owner uuid not null, body text);
                alter table public.notes enable row level security;
                create policy own on public.notes for select to authenticated
                    using ((select auth.uid()) = owner);
                alter publication supabase_realtime add table public.notes;
                """.trimIndent(),
            )
        }
    }

    companion object {
        /** Starts in [folder], which must stay until the server is closed. */
        fun start(folder: Path): RunningHearth {
            val settings =
                mapOf(
                    "HEARTH_PORT" to "0",
                    "HEARTH_DB_PORT" to "0",
                    "HEARTH_DATA" to folder.resolve("data").toString(),
                    "HEARTH_PROJECT" to "../library",
                    "PGRST_DB_SCHEMAS" to "public,archive",
                )
            val config = Config.from(Settings.of(listOf(settings)))
            val server = Server.start(config, StartProgress.silent())
            try {
                return RunningHearth(server, config).apply { makeNotes() }
            } catch (e: Exception) {
                server.close()
                throw e
            }
        }

        // The driver does not read user and password in front of the host.
        private fun connect(url: String): Connection {
            val address = URI.create(url)
            val (user, password) = address.userInfo.split(':', limit = 2)
            return DriverManager.getConnection(
                "jdbc:postgresql://${address.host}:${address.port}${address.path}",
                user,
                password,
            )
        }
    }
}

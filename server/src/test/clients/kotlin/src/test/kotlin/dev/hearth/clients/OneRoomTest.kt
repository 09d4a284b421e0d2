package dev.hearth.clients

import dev.hearth.client.realtime.ChannelOptions
import dev.hearth.client.realtime.PostgresEvent
import dev.hearth.client.realtime.PresenceEvent
import io.github.jan.supabase.SupabaseClient
import io.github.jan.supabase.postgrest.from
import io.github.jan.supabase.realtime.PostgresAction
import io.github.jan.supabase.realtime.RealtimeChannel
import io.github.jan.supabase.realtime.RealtimeProtocolVersion
import io.github.jan.supabase.realtime.broadcast.BroadcastPayload
import io.github.jan.supabase.realtime.broadcastFlow
import io.github.jan.supabase.realtime.channel
import io.github.jan.supabase.realtime.postgresChangeFlow
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.launchIn
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.io.File
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** The Java SDK, supabase-js and supabase-kt in one room: each hears what the others send. */
class OneRoomTest {

    /** One that sits in the room: does what it is told by name, and keeps in words what it hears. */
    private interface Guest : AutoCloseable {
        val name: String
        val heard: List<String>

        suspend fun enter()

        suspend fun text()

        suspend fun blob()

        suspend fun track()

        suspend fun untrack()

        suspend fun row()
    }

    private class Js(version: RealtimeProtocolVersion) : Guest {
        override val name = "js"
        override val heard = CopyOnWriteArrayList<String>()
        private val process =
            ProcessBuilder("node", "room.mjs", hearth.url, hearth.key, version.text)
                .directory(SCRIPTS)
                .redirectErrorStream(true)
                .start()

        init {
            Thread.ofVirtual().start { process.inputReader().forEachLine { heard += it } }
        }

        override suspend fun enter() = until { "SUBSCRIBED" in heard }

        override suspend fun text() = tell("text")

        override suspend fun blob() = tell("blob")

        override suspend fun track() = tell("track")

        override suspend fun untrack() = tell("untrack")

        override suspend fun row() = tell("row")

        private fun tell(command: String) = process.outputWriter().run { write("$command\n"); flush() }

        override fun close() {
            process.destroyForcibly().waitFor()
        }
    }

    private class Java(version: RealtimeProtocolVersion) : Guest {
        override val name = "java"
        override val heard = CopyOnWriteArrayList<String>()
        private val client =
            dev.hearth.client.SupabaseClient.builder(hearth.url, hearth.key)
                .realtime { it.vsn(version.text) }
                .build()
        private val channel =
            client.channel("three", ChannelOptions.builder().presence { it.key(name) }.build())
                .onBroadcast("text", Map::class.java) { heard += "text of ${it.payload()["from"]}" }
                .onBroadcast("blob") { heard += "blob ${it.payload().bytes().toHexString()}" }
                .onPresence(PresenceEvent.JOIN, Map::class.java) { key, _, _ -> heard += "join $key" }
                .onPresence(PresenceEvent.LEAVE, Map::class.java) { key, _, _ -> heard += "leave $key" }
                .onPostgresChanges(
                    PostgresEvent.INSERT,
                    { it.schema("public").table("room_rows") },
                    Map::class.java,
                ) {
                    heard += "row of ${it.newRecord()["body"]}"
                }

        override suspend fun enter() {
            channel.subscribe(Duration.ofSeconds(30))
        }

        override suspend fun text() {
            channel.send("text", mapOf("from" to name))
        }

        override suspend fun blob() {
            channel.send("blob", BYTES)
        }

        override suspend fun track() {
            channel.track(mapOf("name" to name))
        }

        override suspend fun untrack() {
            channel.untrack()
        }

        override suspend fun row() = client.from("room_rows").insert(mapOf("body" to name)).execute()

        override fun close() = client.close()
    }

    private class Kotlin(version: RealtimeProtocolVersion) : Guest {
        override val name = "kt"
        override val heard = CopyOnWriteArrayList<String>()
        private val client: SupabaseClient = hearth.client(version)
        private val collectors = CoroutineScope(Dispatchers.Unconfined)
        private val channel: RealtimeChannel = client.channel("three") { presence { key = name } }

        init {
            channel.broadcastFlow<JsonObject>("text")
                .onEach { heard += "text of ${it.getValue("from").jsonPrimitive.content}" }
                .launchIn(collectors)
            if (version == RealtimeProtocolVersion.V2) {
                channel.broadcastFlow<ByteArray>("blob")
                    .onEach { heard += "blob ${it.toHexString()}" }
                    .launchIn(collectors)
            }
            channel.presenceChangeFlow()
                .onEach { change ->
                    change.joins.keys.forEach { heard += "join $it" }
                    change.leaves.keys.forEach { heard += "leave $it" }
                }
                .launchIn(collectors)
            channel.postgresChangeFlow<PostgresAction.Insert>("public") { table = "room_rows" }
                .onEach { heard += "row of ${it.record.getValue("body").jsonPrimitive.content}" }
                .launchIn(collectors)
        }

        override suspend fun enter() = channel.subscribe(blockUntilSubscribed = true)

        override suspend fun text() = channel.broadcast("text", BroadcastPayload.Json(from()))

        override suspend fun blob() = channel.broadcast("blob", BroadcastPayload.Binary(BYTES))

        override suspend fun track() = channel.track(from())

        override suspend fun untrack() = channel.untrack()

        override suspend fun row() {
            client.from("room_rows").insert(buildJsonObject { put("body", name) })
        }

        private fun from() = buildJsonObject { put("from", name) }

        override fun close() {
            collectors.cancel()
            runBlocking { client.close() }
        }
    }

    @ParameterizedTest
    @EnumSource
    fun eachHearsWhatTheOthersSend(version: RealtimeProtocolVersion) = runBlocking {
        assumeTrue(File(SCRIPTS, "node_modules").isDirectory, "skipped: the JavaScript client is not installed")
        val guests = listOf(Js(version), Java(version), Kotlin(version))
        try {
            withTimeout(PATIENCE) {
                guests.forEach { it.enter() }

                guests.forEach { it.track() }
                guests.everyoneHears { "join ${it.name}" }
                guests.forEach { it.text() }
                guests.othersHear { "text of ${it.name}" }
                if (version == RealtimeProtocolVersion.V2) {
                    guests.forEach { it.blob() }
                    guests.forEach { guest -> guest.until { guest.heard.count { it == BLOB } == 2 } }
                }
                guests.forEach { it.row() }
                guests.everyoneHears { "row of ${it.name}" }
                guests.forEach { it.untrack() }
                guests.everyoneHears { "leave ${it.name}" }
            }
            guests.forEach { guest ->
                assertThat(guest.heard.filter { it != BLOB }).`as`(guest.name).doesNotHaveDuplicates()
                assertThat(guest.heard).`as`(guest.name).doesNotContain("text of ${guest.name}")
            }
        } finally {
            guests.forEach { it.close() }
        }
    }

    companion object {
        private const val BLOB = "blob 0300ff"
        private val BYTES = byteArrayOf(3, 0, -1)
        private val SCRIPTS = File("../js")
        private val PATIENCE = 60.seconds

        private lateinit var hearth: RunningHearth

        @BeforeAll
        @JvmStatic
        fun start(@TempDir folder: Path) {
            hearth = RunningHearth.start(folder)
            hearth.execute(
                """
                create table public.room_rows (
                    id bigint generated always as identity primary key, body text);
                grant select, insert on public.room_rows to anon;
                alter publication supabase_realtime add table public.room_rows;
                """,
            )
        }

        @AfterAll
        @JvmStatic
        fun stop() {
            if (::hearth.isInitialized) {
                hearth.close()
            }
        }

        private val RealtimeProtocolVersion.text: String
            get() = if (this == RealtimeProtocolVersion.V1) "1.0.0" else "2.0.0"

        private suspend fun Guest.until(met: () -> Boolean) {
            try {
                while (!met()) {
                    delay(10.milliseconds)
                }
            } catch (e: kotlinx.coroutines.CancellationException) {
                throw AssertionError("$name waits in vain; it heard $heard", e)
            }
        }

        private suspend fun List<Guest>.everyoneHears(words: (Guest) -> String) = forEach { guest ->
            forEach { other -> guest.until { words(other) in guest.heard } }
        }

        private suspend fun List<Guest>.othersHear(words: (Guest) -> String) = forEach { guest ->
            filter { it !== guest }.forEach { other -> guest.until { words(other) in guest.heard } }
        }
    }
}

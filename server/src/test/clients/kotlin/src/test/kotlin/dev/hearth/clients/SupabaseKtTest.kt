package dev.hearth.clients

import io.github.jan.supabase.SupabaseClient
import io.github.jan.supabase.auth.auth
import io.github.jan.supabase.auth.exception.AuthErrorCode
import io.github.jan.supabase.auth.exception.AuthRestException
import io.github.jan.supabase.auth.providers.builtin.Email
import io.github.jan.supabase.postgrest.query.filter.FilterOperator
import io.github.jan.supabase.realtime.PostgresAction
import io.github.jan.supabase.realtime.PostgresChangeFilter
import io.github.jan.supabase.realtime.PresenceAction
import io.github.jan.supabase.realtime.RealtimeChannel
import io.github.jan.supabase.realtime.RealtimeProtocolVersion
import io.github.jan.supabase.realtime.RealtimeProtocolVersion.V2
import io.github.jan.supabase.realtime.broadcast.BroadcastPayload
import io.github.jan.supabase.realtime.broadcastFlow
import io.github.jan.supabase.realtime.channel
import io.github.jan.supabase.realtime.postgresChangeFlow
import io.github.jan.supabase.realtime.realtime
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.EnumSource
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** What the unmodified supabase-kt is promised: sessions, changes under row level security, broadcast and presence. */
class SupabaseKtTest {

    @Test
    fun signsInAnonymously() = check {
        val ann = signIn("ann", V2)

        val user = ann.auth.retrieveUserForCurrentSession()
        assertThat(user.id).isEqualTo(ann.userId)
        assertThat(user.isAnonymous).isTrue()
        assertThat(user.role).isEqualTo("authenticated")
        assertThat(user.userMetadata).isEqualTo(named("ann"))
    }

    @Test
    fun refreshesItsSessionAsTheSameUser() = check {
        val ann = signIn("ann", V2)
        val before = ann.auth.currentSessionOrNull()!!

        ann.auth.refreshCurrentSession()

        val after = ann.auth.currentSessionOrNull()!!
        assertThat(after.refreshToken).isNotEqualTo(before.refreshToken)
        assertThat(after.user?.id).isEqualTo(before.user?.id)
    }

    @Test
    fun changesItsUser() = check {
        val ann = signIn("ann", V2)

        ann.auth.updateUser { data { put("city", "Ulm") } }

        assertThat(ann.auth.retrieveUserForCurrentSession().userMetadata)
            .isEqualTo(JsonObject(named("ann") + buildJsonObject { put("city", "Ulm") }))
    }

    @Test
    fun aSignedOutTokenIsRefusedByItsCode() = check {
        val ann = signIn("ann", V2)
        val token = ann.auth.currentAccessTokenOrNull()!!

        ann.auth.signOut()

        assertThat(refusal { client(V2).auth.retrieveUser(token) }).isEqualTo(AuthErrorCode.SessionNotFound)
    }

    @Test
    fun signUpByMailIsRefusedByItsCode() = check {
        val refusal = refusal {
            client(V2).auth.signUpWith(Email) {
                email = "ann@example.com"
                password = "secret1"
            }
        }

        assertThat(refusal).isEqualTo(AuthErrorCode.EmailProviderDisabled)
    }

    @ParameterizedTest
    @EnumSource
    fun receivesEveryChangeOfItsOwnRowsAndNoOther(version: RealtimeProtocolVersion) = check {
        val ann = signIn("ann", version)
        val ben = signIn("ben", version)
        val toAnn = ann.follow()
        val toBen = ben.follow()

        val note = hearth.insert(ann.userId, "of ann")
        hearth.insert(ben.userId, "of ben")
        hearth.update(note, "changed")
        hearth.delete(note)
        hearth.insert(ann.userId, MARKER)
        hearth.insert(ben.userId, MARKER)

        assertThat(toAnn.untilMarker()).containsExactly("insert of ann", "update changed", "delete {\"id\":$note}")
        // A deleted row cannot be judged by its key: everybody is told the key, and nothing else of it.
        assertThat(toBen.untilMarker()).containsExactly("insert of ben", "delete {\"id\":$note}")
    }

    @ParameterizedTest
    @EnumSource
    fun aFilterForTheRowsOfAnotherShowsNothing(version: RealtimeProtocolVersion) = check {
        val ann = signIn("ann", version)
        val ben = signIn("ben", version)
        val spied = ann.follow { filter("owner", FilterOperator.EQ, ben.userId) }
        val own = ann.follow { filter("owner", FilterOperator.EQ, ann.userId) }

        hearth.insert(ben.userId, "of ben")
        hearth.insert(ann.userId, MARKER)

        assertThat(own.untilMarker()).isEmpty()
        // Both channels share a socket, on which frames keep the order of the commits.
        assertThat(spied.tryReceive().getOrNull()).isNull()
    }

    @ParameterizedTest
    @EnumSource
    fun receivesChangesAfterItsTokenWasRefreshed(version: RealtimeProtocolVersion) = check {
        val ann = signIn("ann", version)
        val channel = ann.channel("refreshed") { broadcast { receiveOwnBroadcasts = true } }
        val changes = collected(channel.notes())
        val echoes = collected(channel.broadcastFlow<JsonObject>("echo"))
        channel.join()

        ann.auth.refreshCurrentSession()
        channel.updateAuth(ann.auth.currentAccessTokenOrNull())
        // Answered after the token, so the server knows the new one from here on.
        channel.broadcast("echo", BroadcastPayload.Json(named("ann")))
        echoes.receive()
        hearth.insert(ann.userId, MARKER)

        assertThat(changes.untilMarker()).isEmpty()
    }

    @ParameterizedTest
    @CsvSource("V1, V1", "V1, V2", "V2, V1", "V2, V2")
    fun broadcastsToAnotherClient(from: RealtimeProtocolVersion, to: RealtimeProtocolVersion) = check {
        val channel = signIn("ann", from).channel("lobby").join()
        val other = signIn("ben", to).channel("lobby")
        val received = collected(other.broadcastFlow<JsonObject>("greeting"))
        other.join()

        channel.broadcast("greeting", BroadcastPayload.Json(named("ann")))

        assertThat(received.receive()).isEqualTo(named("ann"))
    }

    @Test
    fun broadcastsBytesToAnotherClient() = check {
        val channel = signIn("ann", V2).channel("bytes").join()
        val other = signIn("ben", V2).channel("bytes")
        val received = collected(other.broadcastFlow<ByteArray>("blob"))
        other.join()
        val bytes = ByteArray(256) { it.toByte() }

        channel.broadcast("blob", BroadcastPayload.Binary(bytes))

        assertThat(received.receive()).isEqualTo(bytes)
    }

    @ParameterizedTest
    @EnumSource
    fun broadcastsByHttpWithoutJoining(version: RealtimeProtocolVersion) = check {
        val other = signIn("ben", version).channel("by http")
        val received = collected(other.broadcastFlow<JsonObject>("greeting"))
        other.join()

        signIn("ann", version).channel("by http").httpSend("greeting", BroadcastPayload.Json(named("ann")))

        assertThat(received.receive()).isEqualTo(named("ann"))
    }

    @ParameterizedTest
    @EnumSource
    fun seesAnotherClientComeAndGo(version: RealtimeProtocolVersion) = check {
        val channel = signIn("ann", version).channel("room") { presence { key = "ann" } }
        val other = signIn("ben", version).channel("room") { presence { key = "ben" } }
        val seen = collected(other.presenceChangeFlow())
        other.join()
        channel.join()

        channel.track(named("ann"))
        assertThat(seen.until { "ann" in it.joins }.joins.getValue("ann").state).isEqualTo(named("ann"))

        channel.untrack()
        assertThat(seen.until { "ann" in it.leaves }.leaves).containsOnlyKeys("ann")
    }

    @ParameterizedTest
    @EnumSource
    fun seesWhoWasThereBeforeAndWhoseSocketIsGone(version: RealtimeProtocolVersion) = check {
        val ann = signIn("ann", version)
        val channel = ann.channel("hall") { presence { key = "ann" } }
        val own = collected(channel.presenceChangeFlow())
        channel.join().track(named("ann"))
        own.until { "ann" in it.joins }
        val other = signIn("ben", version).channel("hall") { presence { key = "ben" } }
        val seen = collected(other.presenceChangeFlow())
        other.join()

        assertThat(seen.until { it.joins.isNotEmpty() }.joins.getValue("ann").state).isEqualTo(named("ann"))

        ann.realtime.disconnect()
        assertThat(seen.until { it.leaves.isNotEmpty() }.leaves).containsOnlyKeys("ann")
    }

    @ParameterizedTest
    @EnumSource
    fun isGoneForTheOthersWhenItLeavesTheChannel(version: RealtimeProtocolVersion) = check {
        val ann = signIn("ann", version)
        // Another channel keeps the socket open: it is not its end that the others are told.
        ann.channel("stays").join()
        val channel = ann.channel("left") { presence { key = "ann" } }
        val other = signIn("ben", version).channel("left") { presence { key = "ben" } }
        val seen = collected(other.presenceChangeFlow())
        other.join()
        channel.join().track(named("ann"))
        seen.until { "ann" in it.joins }

        // Sent without a join_ref by this client.
        channel.unsubscribe()

        assertThat(seen.until { it.leaves.isNotEmpty() }.leaves).containsOnlyKeys("ann")
    }

    /** Runs one check, and closes its clients and collectors after it. */
    private fun check(block: suspend Check.() -> Unit) = runBlocking {
        Check().use { withTimeout(PATIENCE) { it.block() } }
    }

    private class Check : AutoCloseable {

        // Unconfined: a collector is registered when the call returns, which the client wants before a join.
        private val collectors = CoroutineScope(Dispatchers.Unconfined)
        private val clients = mutableListOf<SupabaseClient>()

        fun client(version: RealtimeProtocolVersion): SupabaseClient = hearth.client(version).also { clients += it }

        suspend fun signIn(name: String, version: RealtimeProtocolVersion): SupabaseClient =
            client(version).also { it.auth.signInAnonymously(named(name)) }

        fun <T> collected(flow: Flow<T>): ReceiveChannel<T> = flow.buffer(Channel.UNLIMITED).produceIn(collectors)

        /** The changes of `public.notes` that this user is shown; in force when this returns. */
        suspend fun SupabaseClient.follow(filter: PostgresChangeFilter.() -> Unit = {}): ReceiveChannel<PostgresAction> {
            val channel = channel("notes ${realtime.subscriptions.size}")
            return collected(channel.notes(filter)).also { channel.join() }
        }

        override fun close() {
            collectors.cancel()
            runBlocking { clients.forEach { it.close() } }
        }
    }

    companion object {
        private const val MARKER = "marker"
        private val PATIENCE = 60.seconds

        private lateinit var hearth: RunningHearth

        @BeforeAll
        @JvmStatic
        fun start(@TempDir folder: Path) {
            hearth = RunningHearth.start(folder)
        }

        @AfterAll
        @JvmStatic
        fun stop() {
            if (::hearth.isInitialized) {
                hearth.close()
            }
        }

        private val SupabaseClient.userId: String
            get() = auth.currentUserOrNull()!!.id

        private fun named(name: String): JsonObject = buildJsonObject { put("name", name) }

        private suspend fun refusal(call: suspend () -> Unit): AuthErrorCode? =
            try {
                call()
                null
            } catch (e: AuthRestException) {
                e.errorCode
            }

        private suspend fun RealtimeChannel.join(): RealtimeChannel = also { subscribe(blockUntilSubscribed = true) }

        private fun RealtimeChannel.notes(filter: PostgresChangeFilter.() -> Unit = {}): Flow<PostgresAction> =
            postgresChangeFlow<PostgresAction>("public") {
                table = "notes"
                filter()
            }

        private suspend fun ReceiveChannel<PresenceAction>.until(wanted: (PresenceAction) -> Boolean): PresenceAction {
            while (true) {
                val action = receive()
                if (wanted(action)) {
                    return action
                }
            }
        }

        /** What came before the marker, each in words. */
        private suspend fun ReceiveChannel<PostgresAction>.untilMarker(): List<String> = buildList {
            while (true) {
                val told = told(receive())
                if (told == "insert $MARKER") {
                    break
                }
                add(told)
            }
        }

        private fun told(change: PostgresAction): String =
            when (change) {
                is PostgresAction.Insert -> "insert ${change.record.body}"
                is PostgresAction.Update -> "update ${change.record.body}"
                is PostgresAction.Delete -> "delete ${change.oldRecord}"
                is PostgresAction.Select -> "select ${change.record.body}"
            }

        private val JsonObject.body: String
            get() = getValue("body").jsonPrimitive.content
    }
}

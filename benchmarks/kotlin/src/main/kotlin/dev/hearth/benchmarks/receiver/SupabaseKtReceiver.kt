package dev.hearth.benchmarks.receiver

import io.github.jan.supabase.SupabaseClient
import io.github.jan.supabase.createSupabaseClient
import io.github.jan.supabase.logging.LogLevel
import io.github.jan.supabase.realtime.Realtime
import io.github.jan.supabase.realtime.broadcastFlow
import io.github.jan.supabase.realtime.channel
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** supabase-kt as it comes, with its OkHttp engine; quiet, since what it logs would be counted too. */
class SupabaseKtReceiver : Receiver {

    private val collectors = CoroutineScope(Dispatchers.Default)
    private lateinit var client: SupabaseClient

    override fun open(url: String, key: String, topics: String, channels: Int, heard: Heard) = runBlocking {
        client =
            createSupabaseClient(url, key) {
                defaultLogLevel = LogLevel.NONE
                install(Realtime)
            }
        repeat(channels) { number ->
            val channel = client.channel("$topics$number")
            collectors.launch {
                channel.broadcastFlow<SerializableNote>(Receiver.EVENT).collect { heard.note(it.id, it.sent) }
            }
            channel.subscribe(blockUntilSubscribed = true)
        }
    }

    override fun close() {
        collectors.cancel()
        runBlocking { client.close() }
    }
}

/** Serves its input until that ends. */
fun main() = ReceiverProcess.serve(::SupabaseKtReceiver)

package dev.hearth.benchmarks.receiver

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.MissingFieldException
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/** What the broadcasts carry. */
class SerializableNote(
    val id: Long,
    val author: String,
    val text: String,
    val urgent: Boolean,
    val room: Int,
    val tags: List<String>,
    val sent: Long,
) {
    companion object {
        /** Where the library looks for what the compiler's plugin makes of `@Serializable`. */
        fun serializer(): KSerializer<SerializableNote> = NoteSerializer
    }
}

/**
 * Reads a note in the very steps that the compiler's plugin writes for a `@Serializable` class, which it stands for: the
 * build does without the plugin.
 */
private object NoteSerializer : KSerializer<SerializableNote> {

    private const val ALL = 0b1111111
    private val TAGS = ListSerializer(String.serializer())

    override val descriptor: SerialDescriptor =
        buildClassSerialDescriptor("dev.hearth.benchmarks.receiver.SerializableNote") {
            element("id", Long.serializer().descriptor)
            element("author", String.serializer().descriptor)
            element("text", String.serializer().descriptor)
            element("urgent", Boolean.serializer().descriptor)
            element("room", Int.serializer().descriptor)
            element("tags", TAGS.descriptor)
            element("sent", Long.serializer().descriptor)
        }

    @OptIn(ExperimentalSerializationApi::class)
    override fun deserialize(decoder: Decoder): SerializableNote {
        var seen = 0
        var id = 0L
        var author = ""
        var text = ""
        var urgent = false
        var room = 0
        var tags = emptyList<String>()
        var sent = 0L
        val fields = decoder.beginStructure(descriptor)
        while (true) {
            val index = fields.decodeElementIndex(descriptor)
            when (index) {
                CompositeDecoder.DECODE_DONE -> break
                0 -> id = fields.decodeLongElement(descriptor, 0)
                1 -> author = fields.decodeStringElement(descriptor, 1)
                2 -> text = fields.decodeStringElement(descriptor, 2)
                3 -> urgent = fields.decodeBooleanElement(descriptor, 3)
                4 -> room = fields.decodeIntElement(descriptor, 4)
                5 -> tags = fields.decodeSerializableElement(descriptor, 5, TAGS)
                6 -> sent = fields.decodeLongElement(descriptor, 6)
            }
            seen = seen or (1 shl index)
        }
        fields.endStructure(descriptor)
        if (seen and ALL != ALL) {
            throw MissingFieldException("a note lacks a field", descriptor.serialName)
        }
        return SerializableNote(id, author, text, urgent, room, tags, sent)
    }

    override fun serialize(encoder: Encoder, value: SerializableNote) = error("notes are only received")
}

/// Frames of both protocol versions as values: what clients say
/// ([ClientMessage][dev.hearth.realtime.wire.ClientMessage], made by
/// [MessageParser][dev.hearth.realtime.wire.MessageParser]) and what the server says
/// ([ServerMessage][dev.hearth.realtime.wire.ServerMessage], made into bytes by
/// [ProtocolVersion][dev.hearth.realtime.wire.ProtocolVersion]). Pure: no socket, no state, no
/// clock.
///
/// Whatever a client sends becomes a value; bytes that make no sense become `Malformed`, never an
/// exception. Mirrors the serializers of phoenixframework/phoenix (1.0.0) and supabase/realtime
/// (2.0.0, `lib/realtime_web/socket/v2_serializer.ex`).
@NullMarked
package dev.hearth.realtime.wire;

import org.jspecify.annotations.NullMarked;

package dev.hearth.realtime.channel;

import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketFrames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A socket that keeps what is written, each write as the messages in it.
final class RecordingSocket implements Socket {

    final List<SocketFrames> frames = new CopyOnWriteArrayList<>();
    final List<List<String>> writes = new CopyOnWriteArrayList<>();

    @Override
    public void send(SocketFrames written) {
        frames.add(written);
        writes.add(messages(written));
    }

    @Override
    public void close(int code, String reason) {
        writes.add(List.of("closed " + code));
    }

    /// Every message, whatever write it came in.
    List<String> messages() {
        return writes.stream().flatMap(List::stream).toList();
    }

    private static List<String> messages(SocketFrames written) {
        ByteBuffer buffer = written.buffer();
        var messages = new ArrayList<String>();
        messages.add(text(buffer, written.firstLength()));
        while (buffer.hasRemaining()) {
            buffer.get();
            int length = buffer.get();
            messages.add(text(buffer, length == 126 ? buffer.getShort() : length));
        }
        return messages;
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

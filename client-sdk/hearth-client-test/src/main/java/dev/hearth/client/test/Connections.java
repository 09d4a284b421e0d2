package dev.hearth.client.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ServerSocketFactory;

/// Remembers the connections that a server accepts, in their order: only below HTTP can one be cut,
/// or told half a frame.
final class Connections extends ServerSocketFactory {

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    /// @param index counted from 0
    Socket get(int index) {
        return accepted.get(index);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Remembering();
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException();
    }

    private final class Remembering extends ServerSocket {

        Remembering() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            Socket socket = super.accept();
            accepted.add(socket);
            return socket;
        }
    }
}

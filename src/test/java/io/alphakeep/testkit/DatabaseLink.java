package io.alphakeep.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a database, which can be made to carry nothing any more, as a network or a server does that hangs. */
public final class DatabaseLink implements AutoCloseable {

    private static final int BUFFER_BYTES = 8192;

    private final URI target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean stalled;

    private DatabaseLink(URI target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public static DatabaseLink to(TestDatabase database) {
        return new DatabaseLink(
                URI.create(PostgresServer.get().url(database.name()).substring("jdbc:".length())));
    }

    /** As the settings want it. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + target.getPath();
    }

    /** Connections stay, and new ones are taken, but nothing comes through. */
    public synchronized void stall() {
        stalled = true;
    }

    /** What was held back comes through. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    private synchronized void pass() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                start(() -> carry(client, server));
                start(() -> carry(server, client));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                pass();
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One of the two ended it; the other learns it from the end of its socket.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "database link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        resume();
        for (Socket socket : open) {
            socket.close();
        }
    }
}

package io.alphakeep.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A process's first request takes as long as loading what it needs; once permitted it would arrive when others are permitted
 * already. So the first one goes to this process itself: to a port of the loopback that is open for this one exchange.
 */
final class WarmUp {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII);

    private WarmUp() {}

    /** Whatever is in its way, the requests proper are only slower. */
    static void run(ApiOptions options) {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(TIMEOUT_MILLIS);
            Thread thread = new Thread(() -> answer(server), "alphakeep-warm-up");
            thread.setDaemon(true);
            thread.start();
            ask(
                    options,
                    URI.create(
                            "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/"));
        } catch (IOException | RuntimeException ignored) {
            // As above.
        }
    }

    private static void ask(ApiOptions options, URI url) throws IOException {
        AlphaVantage client = AlphaVantage.connect(new ApiOptions(
                url,
                "",
                options.connectTimeout(),
                options.readTimeout(),
                options.totalTimeout(),
                options.maxBodyBytes(),
                options.userAgent()));
        try (InputStream body = client.query(Map.of("function", "NONE")).readEntity(InputStream.class)) {
            body.readAllBytes();
        } finally {
            client.close();
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream request = socket.getInputStream();
            // To the empty line.
            int last = 0;
            for (int next = request.read(); next >= 0 && !(next == '\n' && last == '\n'); next = request.read()) {
                last = next == '\r' ? last : next;
            }
            socket.getOutputStream().write(ANSWER);
            socket.getOutputStream().flush();
        } catch (IOException ignored) {
            // The one who asks is told by the closed connection.
        }
    }
}

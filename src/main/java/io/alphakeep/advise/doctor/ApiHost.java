package io.alphakeep.advise.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The API's host has an address, takes a connection, and shows a certificate that is its own. Nothing is asked. */
public final class ApiHost {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private ApiHost() {}

    /** @param timeout of the connection, and again of TLS */
    public static Check check(URI url, Duration timeout) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS : HTTP;
        String host = url.getHost().replaceAll("^\\[|]$", "");
        String place = host + ":" + port;
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return Check.fail(
                    "api",
                    "the name " + host + " has no address",
                    "check ALPHAKEEP_API_URL and this host's name service");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
            String protocol = tls ? ", " + handshake(socket, host, port, timeout) : ", without TLS";
            return Check.ok(
                    "api",
                    place + " (" + address.getHostAddress() + ") takes connections" + protocol + "; nothing was asked");
        } catch (IOException e) {
            return Check.fail(
                    "api",
                    place + " (" + address.getHostAddress() + ") can't be reached: "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                    "check ALPHAKEEP_API_URL, this host's way out (firewall, proxy), and the certificates that Java trusts");
        }
    }

    private static String handshake(Socket plain, String host, int port, Duration timeout) throws IOException {
        plain.setSoTimeout((int) timeout.toMillis());
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }
}

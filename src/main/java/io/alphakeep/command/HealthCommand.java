package io.alphakeep.command;

import io.alphakeep.config.Failure;
import io.alphakeep.config.Setting;
import io.alphakeep.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Asks the {@code serve} of this machine whether it is up: the health check of a container, in which there is neither shell
 * nor curl. Whether it has started, not whether it is ready: who ends what is not healthy would else end it for its
 * database's outage. Answered before the framework starts.
 */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = {
            "Ask the serve of this container whether it is up: 0 yes, 69 no.",
            "0 also in a container that runs another verb: there is nobody to ask."
        })
final class HealthCommand implements Callable<Integer> {

    static final String NAME = "health";

    private static final String SERVE = "serve";
    private static final String PATH = "/q/health/started";
    private static final int TIMEOUT_MILLIS = 4_000;

    @Override
    public Integer call() {
        Optional<String> other = otherVerb(process(ProcessHandle.of(1)), process(Optional.of(ProcessHandle.current())));
        if (other.isPresent()) {
            System.out.println("nobody to ask: this container runs " + other.get());
            return 0;
        }
        Map<String, String> environment = System.getenv();
        InetSocketAddress address = address(Settings.of(environment, System.getProperties(), Path.of("")), environment);
        ask(address);
        System.out.println("serve is up at " + address.getHostString() + ":" + address.getPort());
        return 0;
    }

    /**
     * The verb of the container's first process where that is this program, started as this process was, and does not serve.
     *
     * @param first the first process, its program and arguments
     * @param own   the same of this process
     */
    static Optional<String> otherVerb(List<String> first, List<String> own) {
        int health = own.lastIndexOf(NAME);
        if (health < 1) {
            return Optional.empty();
        }
        int verb = first.indexOf(own.get(health - 1)) + 1;
        while (verb > 0 && verb < first.size() && first.get(verb).startsWith("-")) {
            verb++; // -Xmx…, -D…: the native binary takes them before the verb
        }
        return verb == 0 || verb == first.size() || first.get(verb).equals(SERVE)
                ? Optional.empty()
                : Optional.of(first.get(verb));
    }

    /** Where serve listens by these settings, as seen from this machine. */
    static InetSocketAddress address(Settings settings, Map<String, String> environment) {
        // The framework's own variables win over ours there, and so here.
        String host = environment.getOrDefault("QUARKUS_HTTP_HOST", settings.value(Setting.HTTP_HOST));
        String port = environment.getOrDefault("QUARKUS_HTTP_PORT", settings.httpPort());
        boolean all = host.equals("0.0.0.0") || host.equals("::");
        return new InetSocketAddress(all ? "127.0.0.1" : host, Integer.parseInt(port));
    }

    /** @throws Failure 69 when it is not up */
    static void ask(InetSocketAddress address) {
        String place = address.getHostString() + ":" + address.getPort();
        String status;
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + PATH + " HTTP/1.1\r\nHost: " + place + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            status = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw down("nobody answers at " + place + " (" + e.getMessage() + ")", e);
        }
        if (status == null || !status.startsWith("HTTP/1.1 200 ")) {
            throw down("serve at " + place + " is not up (" + status + ")", null);
        }
    }

    private static Failure down(String what, Throwable cause) {
        return new Failure(Failure.Kind.UNAVAILABLE, what, "its log says why", cause);
    }

    private static List<String> process(Optional<ProcessHandle> handle) {
        List<String> words = new ArrayList<>();
        handle.map(ProcessHandle::info).ifPresent(info -> {
            info.command().ifPresent(words::add);
            info.arguments().map(List::of).ifPresent(words::addAll);
        });
        return words;
    }
}

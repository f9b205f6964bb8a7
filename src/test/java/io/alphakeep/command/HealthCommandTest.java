package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.alphakeep.config.Failure;
import io.alphakeep.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCommandTest {

    private static final String JVM = "/opt/alphakeep-java/bin/java -jar /opt/alphakeep/quarkus-run.jar";
    private static final String NATIVE = "/opt/alphakeep/alphakeep";

    @ParameterizedTest
    @CsvSource({
        // the container's first process, this one, the verb that has nobody to ask
        JVM + " ingest," + JVM + " health,ingest",
        JVM + " maintain archive," + JVM + " health,maintain",
        JVM + " serve," + JVM + " health,",
        NATIVE + " ingest," + NATIVE + " health,ingest",
        NATIVE + " serve," + NATIVE + " health,",
        NATIVE + " -Xmx128m -Da=b serve," + NATIVE + " health,",
        NATIVE + " -Xmx128m ingest," + NATIVE + " health,ingest",
        // with an init process of the engine's before it
        "/sbin/docker-init -- " + NATIVE + " ingest," + NATIVE + " health,ingest",
        "/sbin/docker-init -- " + NATIVE + " serve," + NATIVE + " health,",
        // not a container of ours: a machine, whose serve is expected to answer
        "/sbin/init splash," + NATIVE + " health,",
        "''," + NATIVE + " health,",
        NATIVE + "," + NATIVE + " health,",
    })
    void aContainerOfAnotherVerbHasNobodyToAsk(String first, String own, String verb) {
        List<String> process = first.isEmpty() ? List.of() : List.of(first.split(" "));
        assertThat(HealthCommand.otherVerb(process, List.of(own.split(" "))).orElse(null))
                .isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({
        "'','',127.0.0.1:8080",
        "ALPHAKEEP_HTTP_PORT,9000,127.0.0.1:9000",
        "PORT,9001,127.0.0.1:9001",
        "QUARKUS_HTTP_PORT,9002,127.0.0.1:9002",
        "ALPHAKEEP_HTTP_HOST,127.0.0.2,127.0.0.2:8080",
        "QUARKUS_HTTP_HOST,127.0.0.3,127.0.0.3:8080",
    })
    void itAsksWhereServeListens(String name, String value, String expected) {
        Map<String, String> environment = name.isEmpty() ? Map.of() : Map.of(name, value);
        InetSocketAddress address =
                HealthCommand.address(Settings.of(environment, new Properties(), Path.of("target")), environment);
        assertThat(address.getHostString() + ":" + address.getPort()).isEqualTo(expected);
    }

    @Test
    void itIsUpWhenItSaysThatItHasStarted() throws IOException {
        HttpServer server = answering(200);
        try {
            assertThatCode(() -> HealthCommand.ask(server.getAddress())).doesNotThrowAnyException();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 404})
    void everyOtherAnswerIsNotUp(int status) throws IOException {
        HttpServer server = answering(status);
        try {
            assertThatThrownBy(() -> HealthCommand.ask(server.getAddress()))
                    .isInstanceOfSatisfying(Failure.class, f -> {
                        assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
                        assertThat(f.line()).contains("not up", Integer.toString(status));
                    });
        } finally {
            server.stop(0);
        }
    }

    @Test
    void noAnswerIsNotUp() throws IOException {
        InetSocketAddress free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        }
        assertThatThrownBy(() -> HealthCommand.ask(free))
                .isInstanceOfSatisfying(
                        Failure.class,
                        f -> assertThat(f.line()).contains("nobody answers at 127.0.0.1:" + free.getPort()));
    }

    private static HttpServer answering(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/q/health/started", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}

package io.alphakeep.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Prometheus that scrapes one target each second, as a process of its own. Skipped where it is not installed, unless
 * {@code TESTS_REQUIRE_PROMETHEUS=true}.
 */
public final class Prometheus implements AutoCloseable {

    private final Process process;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** The program of that name of its package, looked for where commands are. */
    public static Path program(String name) {
        boolean required = Boolean.parseBoolean(System.getenv("TESTS_REQUIRE_PROMETHEUS"));
        Optional<Path> found = Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/bin", "/usr/local/bin"))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(required || found.isPresent(), name + " is not installed");
        return found.orElseThrow(() -> new AssertionError(name + " is required, but not installed"));
    }

    /**
     * @param target where the metrics are, as {@code 127.0.0.1:8080}
     * @param rules  the file of rules that it evaluates
     */
    public static Prometheus start(Path folder, String target, Path rules) throws IOException {
        Path program = program("prometheus");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings =
                Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: alphakeep
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['%s']}]
                """.formatted(rules.toAbsolutePath(), target));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, "http://127.0.0.1:" + port);
    }

    /** Returns when it has scraped its target. */
    public void awaitTarget() {
        Await.until(
                "Prometheus scrapes",
                Duration.ofSeconds(60),
                () -> query("up == 1").size() == 1);
    }

    /**
     * The result of an expression now.
     *
     * @throws AssertionError that has its error, when it can't be evaluated
     */
    public JsonNode query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!"success".equals(answer.at("/status").asText())) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    /** What a path of its API answers. */
    public JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 503) {
                throw new IllegalStateException("it is starting");
            }
            return Json.read(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.alphakeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.testkit.Await;
import io.alphakeep.testkit.Door;
import io.alphakeep.testkit.Packaged;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code serve} that is ready, and what it answers. */
final class Served implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on http://(\\S+)");

    private final Door door = new Door("");
    private final Packaged.Running serving;
    private final String target;

    Served(Packaged program) {
        serving = program.start("serve");
        Await.until("it listens", LONG, () -> LISTENING.matcher(serving.err()).find() || !serving.isAlive());
        Matcher place = LISTENING.matcher(serving.err());
        assertThat(place.find()).as(serving.err()).isTrue();
        target = place.group(1);
        door.at("http://" + target);
        Await.until("it is ready", LONG, () -> send("GET", "/q/health/ready").statusCode() == 200);
    }

    /** Host and port, as Prometheus has a target. */
    String target() {
        return target;
    }

    String log() {
        return serving.err();
    }

    HttpResponse<String> send(String method, String path) {
        return door.send(method, path, null, null, null);
    }

    CompletableFuture<HttpResponse<String>> ask(String path) {
        return door.ask(path);
    }

    String metrics() {
        HttpResponse<String> answer = send("GET", "/q/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** The value of the one line that begins so. */
    double value(String series) {
        List<String> lines =
                metrics().lines().filter(line -> line.startsWith(series + " ")).toList();
        assertThat(lines).as(series).hasSize(1);
        return Double.parseDouble(lines.get(0).substring(series.length() + 1));
    }

    /** Waits for the gauges to be read again. */
    void awaitAbove(String series, double least) {
        Await.until(series + " is above " + least, LONG, () -> value(series) > least);
    }

    @Override
    public void close() {
        serving.process().destroyForcibly();
    }
}

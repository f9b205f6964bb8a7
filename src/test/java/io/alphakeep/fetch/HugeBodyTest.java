package io.alphakeep.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The largest body by default passes in the memory of a small host, classified and decoded. */
class HugeBodyTest {

    @Test
    void sixtyFourMebibytesOfMinutesNeedLittleMoreThanThemselves() throws Exception {
        // No other jars: what a JDK keeps of each that is open would be counted, too.
        String paths = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(path -> !path.endsWith(".jar") || path.contains("jackson-core"))
                .collect(Collectors.joining(File.pathSeparator));
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        paths,
                        HugeBodyProbe.class.getName(),
                        String.valueOf(ApiOptions.DEFAULT_MAX_BODY_BYTES))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).startsWith("right 3");
        } finally {
            probe.destroyForcibly();
        }
    }
}

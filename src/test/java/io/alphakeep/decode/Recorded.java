package io.alphakeep.decode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder of public recordings, which is not part of the repository: tests that need it are skipped without it. */
public final class Recorded {

    private Recorded() {}

    /**
     * The folder that system property or variable ALPHAKEEP_RECORDED names, else ../shared/recorded; skips when
     * absent.
     */
    public static Path folder() {
        String named = Optional.ofNullable(System.getProperty("ALPHAKEEP_RECORDED"))
                .or(() -> Optional.ofNullable(System.getenv("ALPHAKEEP_RECORDED")))
                .orElse("../shared/recorded");
        Path folder = Path.of(named).toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(folder), "no recorded answers at " + folder);
        return folder;
    }

    /** The fields of the lines of a file of golden figures. */
    public static List<String[]> golden(String resource) throws IOException {
        try (var in = Recorded.class.getResourceAsStream("/golden/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}

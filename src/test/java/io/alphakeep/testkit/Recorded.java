package io.alphakeep.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of recorded answers: {@code ALPHAKEEP_RECORDED} (system property or environment), else {@code
 * ../shared/recorded}. They are other people's recordings and never part of the repository; where the folder is not
 * there, the tests that read it are reported as skipped.
 */
public final class Recorded {

    private Recorded() {}

    /** Skips the test where the folder is not there. */
    public static Path folderOrSkip() {
        Path folder = folder();
        Assumptions.assumeTrue(Files.isDirectory(folder), "no recorded answers in " + folder);
        return folder;
    }

    public static Path folder() {
        String environment = System.getenv("ALPHAKEEP_RECORDED");
        return Path.of(System.getProperty(
                        "ALPHAKEEP_RECORDED", environment == null ? "../shared/recorded" : environment))
                .toAbsolutePath();
    }
}

package io.alphakeep.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The migrations as files; what they do is told by SchemaTest. */
class MigrationsTest {

    private static List<String> numbers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.map(file -> file.getFileName().toString().split("__")[0])
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theProgramsSchemaIsTheLastOfThemAndNoneIsLeftOut() throws IOException {
        assertThat(numbers())
                .isEqualTo(IntStream.rangeClosed(1, Schema.VERSION)
                        .mapToObj("V%03d"::formatted)
                        .toList());
    }

    @Test
    void theUpgradeNotesHaveALineForEach() throws IOException {
        String notes = Files.readString(Path.of("docs/upgrading.md"));
        assertThat(numbers()).allSatisfy(number -> assertThat(notes).contains("\n| `" + number + "` | "));
    }
}

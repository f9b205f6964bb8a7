package io.alphakeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Advice;
import io.alphakeep.advise.Change;
import io.alphakeep.advise.Change.Effect;
import io.alphakeep.advise.Finding;
import io.alphakeep.advise.Severity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** The advice as people read it, and copy from it line by line. */
class AdviseCommandTest {

    private static String text(Change... changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Finding finding = new Finding("an-id", Severity.WARN, "s", "5 of 7", "why", List.of(changes), "", "page.html");
        AdviseCommand.print(
                new Advice(List.of(finding), List.of("tables: none")), new Out(stream, stream, Ansi.OFF, false));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theUndoOfASettingTakesEffectAsItStands() {
        assertThat(text(new Change("ALTER SYSTEM SET a = '1'", "ALTER SYSTEM RESET a", Effect.RELOAD)))
                .contains("sql:  ALTER SYSTEM SET a = '1'; SELECT pg_reload_conf();\n")
                .contains("undo: ALTER SYSTEM RESET a; SELECT pg_reload_conf();\n");
        assertThat(text(new Change("ALTER SYSTEM SET a = '1'", "ALTER SYSTEM RESET a", Effect.RESTART)))
                .contains("undo: ALTER SYSTEM RESET a; -- needs a restart\n");
    }

    @Test
    void whatWasNotSeenIsSaidFirst() {
        assertThat(text()).startsWith("not seen: tables: none\n\nWARN\n").endsWith("\n\n0 critical, 1 warn, 0 info\n");
    }

    @Test
    void otherUndosStandAlone() {
        assertThat(text(
                        new Change("DROP INDEX a", "CREATE INDEX a", Effect.NOW),
                        new Change("DROP INDEX b", "CREATE INDEX b", Effect.REVIEW),
                        new Change("VACUUM c", "", Effect.NOW)))
                .contains("undo: CREATE INDEX a;\n", "undo: CREATE INDEX b;\n", "undo: not needed, nothing is lost\n");
    }
}

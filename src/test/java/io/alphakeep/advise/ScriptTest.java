package io.alphakeep.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.alphakeep.advise.Change.Effect;
import io.alphakeep.advise.seen.AnIndex;
import io.alphakeep.advise.seen.Index;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is run unseen is only what can be taken back, and each statement stands alone. */
class ScriptTest {

    private static Finding finding(String evidence, Change... changes) {
        return finding("s", evidence, changes);
    }

    private static Finding finding(String subject, String evidence, Change... changes) {
        return new Finding("an-id", Severity.WARN, subject, evidence, "why", List.of(changes), "", "page.html");
    }

    private static List<String> run(Finding... findings) {
        return Script.of(new Advice(List.of(findings), List.of("not\nthis;")))
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("-- "))
                .toList();
    }

    @Test
    void whatOthersNamedDoesNotLeaveTheComment() {
        assertThat(run(
                        finding("a table\nDROP TABLE w;\rDROP TABLE x;", "1 row"),
                        finding("a query\nDROP TABLE x;\r\nDROP TABLE y;\rDROP TABLE z;"),
                        finding("", new Change("SELECT 'a\nb'", "SELECT 'c\nDROP TABLE d", Effect.REVIEW))))
                .isEmpty();
    }

    /** psql reads a quoted name to its end, and a comment to the end of its line. */
    @Test
    void aNameMayHoldQuotesBackslashesAndLines() {
        Index odd = AnIndex.of("odd \"name\" \\ with\nDROP TABLE alpha_watch; --", "alpha_watch")
                .on("USING btree (a)");
        assertThat(run(finding("", new Change("DROP INDEX " + odd.qualified(), odd.create(), Effect.NOW))))
                .containsExactly("DROP INDEX \"public\".\"odd \"\"name\"\" \\ with", "DROP TABLE alpha_watch; --\";");
    }

    @Test
    void theServerReadsItsSettingsOnceAfterTheLast() {
        assertThat(run(
                        finding("", new Change("ALTER SYSTEM SET a = '1'", "ALTER SYSTEM RESET a", Effect.RELOAD)),
                        finding("", new Change("DROP INDEX CONCURRENTLY i", "CREATE INDEX CONCURRENTLY i", Effect.NOW)),
                        finding("", new Change("SELECT pg_drop_replication_slot('x')", "", Effect.REVIEW))))
                .containsExactly("ALTER SYSTEM SET a = '1';", "DROP INDEX CONCURRENTLY i;", "SELECT pg_reload_conf();");
        assertThat(run(finding("", new Change("VACUUM x", "", Effect.NOW)))).containsExactly("VACUUM x;");
    }

    @Test
    void reasonAndUndoStandBeside() {
        String script = Script.of(new Advice(
                List.of(finding(
                        "5 of 7", new Change("ALTER SYSTEM SET a = '1'", "ALTER SYSTEM RESET a", Effect.RESTART))),
                List.of()));
        assertThat(script).contains("""

                -- warn an-id of s: 5 of 7
                -- why: why
                -- see: https://www.postgresql.org/docs/current/page.html
                -- takes effect when the server is started again
                ALTER SYSTEM SET a = '1';
                -- undo: ALTER SYSTEM RESET a;
                """);
        assertThat(Script.of(new Advice(List.of(), List.of()))).contains("-- nothing was found");
    }
}

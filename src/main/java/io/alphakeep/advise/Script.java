package io.alphakeep.advise;

import io.alphakeep.advise.Change.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * The advice as one script for psql: each statement by itself, so that those are allowed which no transaction takes, with its
 * reason and its undo as comments. What nobody can take back is a comment too. A server whose psql is at its defaults commits
 * each statement; under {@code --single-transaction} the script fails at once and changes nothing.
 */
public final class Script {

    private static final String RELOAD = "SELECT pg_reload_conf();";

    private final List<String> lines = new ArrayList<>();

    private Script() {}

    /** @param advice from the same database that the script is for */
    public static String of(Advice advice) {
        Script script = new Script();
        script.comment("alphakeep advise --sql; read it, then: alphakeep advise --sql | psql --no-psqlrc DATABASE");
        script.comment("Statements that nobody can take back are comments: look first, then take the dashes away.");
        advice.unseen().forEach(unseen -> script.comment("not seen: " + unseen));
        boolean reload = false;
        for (Finding finding : advice.findings()) {
            script.add(finding);
            reload |= finding.changes().stream()
                    .anyMatch(change -> change.effect() == Effect.RELOAD || change.effect() == Effect.RESTART);
        }
        if (reload) {
            script.lines.add("");
            script.comment("makes the server read its changed settings; after an undo of one of them, too");
            script.lines.add(RELOAD);
        }
        if (advice.findings().isEmpty()) {
            script.comment("nothing was found");
        }
        return String.join("\n", script.lines) + "\n";
    }

    private void add(Finding finding) {
        lines.add("");
        comment(finding.severity().text() + " " + finding.id() + " of " + finding.subject() + ": "
                + finding.evidence());
        comment("why: " + finding.why());
        if (!finding.next().isEmpty()) {
            comment("do: " + finding.next());
        }
        comment("see: " + finding.manual());
        for (Change change : finding.changes()) {
            if (change.effect() == Effect.RESTART) {
                comment("takes effect when the server is started again");
            }
            if (change.effect() == Effect.REVIEW) {
                comment(change.sql() + ";");
            } else {
                lines.add(change.sql() + ";");
            }
            comment("undo: " + change.undoText());
        }
    }

    /** What others named must not end the comment. */
    private void comment(String text) {
        text.lines().forEach(line -> lines.add("-- " + line.replace('\r', ' ')));
    }
}

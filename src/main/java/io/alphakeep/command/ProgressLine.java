package io.alphakeep.command;

import io.alphakeep.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** On a terminal a line that is redrawn, elsewhere a log line every {@value #LOG_EVERY} requests. */
final class ProgressLine implements RunListener, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ProgressLine.class);
    private static final int LOG_EVERY = 100;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final Out out;
    private final Clock clock;
    private Instant drawn = Instant.EPOCH;
    private int planned;
    private int ended;
    private boolean shown;

    ProgressLine(Out out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void planned(long run, int requests) {
        planned = requests;
    }

    @Override
    public synchronized void requestEnded(String series, String function, String outcome) {
        ended++;
        if (!out.progress()) {
            if (ended % LOG_EVERY == 0) {
                LOG.infof("%d of %d requests done", ended, planned);
            }
            return;
        }
        Instant now = clock.instant();
        if (Duration.between(drawn, now).compareTo(REDRAW) >= 0 || ended == planned) {
            drawn = now;
            draw(ended + " of " + planned + "  " + series + " " + outcome);
        }
    }

    @Override
    public synchronized void waiting(String why) {
        if (out.progress()) {
            draw(ended + " of " + planned + "  waiting: " + why);
        }
    }

    private void draw(String text) {
        shown = true;
        out.notes().print("\r\u001b[2K" + (text.length() > 100 ? text.substring(0, 100) : text));
        out.notes().flush();
    }

    @Override
    public synchronized void close() {
        if (shown) {
            out.notes().print("\r\u001b[2K");
            out.notes().flush();
        }
    }
}

package io.alphakeep.fetch;

import io.alphakeep.fetch.FetchOutcome.Broken;
import io.alphakeep.fetch.FetchOutcome.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Exceptions of the network → faults, in words a person can act on. Messages of the exceptions themselves are not used
 * where they can hold the address, which holds the key.
 */
final class Troubles {

    private final ApiOptions options;
    private final Redaction redaction;

    Troubles(ApiOptions options, Redaction redaction) {
        this.options = options;
        this.redaction = redaction;
    }

    /** @param reached a status line had come */
    Broken of(Throwable thrown, boolean reached) {
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return unreachable("its name " + options.url().getHost() + " is not known to the resolver", false);
            }
            if (cause instanceof SSLException) {
                return unreachable("TLS failed: " + cause.getMessage(), !(cause instanceof SSLHandshakeException));
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return unreachable(connecting(cause), false);
            }
            if (cause instanceof TimeoutException) {
                return silent();
            }
        }
        if (reached || thrown instanceof IOException || thrown.getCause() instanceof IOException) {
            return new Broken(Fault.CUT_OFF, options.server() + " ended the connection before the answer was whole");
        }
        return unreachable(thrown.getClass().getSimpleName(), true);
    }

    Broken silent() {
        return new Broken(
                Fault.TIMEOUT,
                options.server() + " sent nothing for " + options.readTimeout().toMillis() + " ms (read timeout)");
    }

    Broken tooLong() {
        return new Broken(
                Fault.TIMEOUT,
                options.server() + " had not sent the whole answer after "
                        + options.totalTimeout().toMillis() + " ms (total timeout)");
    }

    Broken crowded() {
        return new Broken(
                Fault.CROWDED,
                "an answer of more than " + LargeBodies.SMALL_BYTES
                        + " bytes waited, and no other one was done with for "
                        + options.totalTimeout()
                                .multipliedBy(LargeBodies.PATIENCE)
                                .toMillis() + " ms ("
                        + LargeBodies.PATIENCE + " times the total timeout)");
    }

    Broken oversized() {
        return new Broken(
                Fault.OVERSIZED,
                options.server() + " sent more than " + options.maxBodyBytes()
                        + " bytes; the bound is alphakeep.fetch.max-body-bytes");
    }

    private String connecting(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return "connection refused, nothing listens there";
        }
        if (message.contains("timed out") || message.contains("timeout")) {
            return "no connection within " + options.connectTimeout().toMillis() + " ms (connect timeout)";
        }
        return "no connection (" + (message.contains("unreachable") ? "network unreachable" : "no route") + ")";
    }

    private Broken unreachable(String why, boolean sent) {
        return new Broken(Fault.UNREACHABLE, redaction.clean(options.server() + " cannot be reached: " + why), sent);
    }

    private static Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}

package io.alphakeep.fetch;

import io.alphakeep.fetch.FetchOutcome.Broken;
import io.alphakeep.fetch.FetchOutcome.Data;
import io.alphakeep.fetch.FetchOutcome.Empty;
import io.alphakeep.fetch.FetchOutcome.Fault;
import io.alphakeep.fetch.FetchOutcome.NotEntitled;
import io.alphakeep.fetch.FetchOutcome.Unknown;
import java.io.IOException;
import java.util.Locale;

/**
 * Says what an answer is, by the ordered rules of ALPHA VANTAGE section 3. Errors come as JSON with status 200 even
 * where CSV was asked for, so the first byte tells CSV from JSON and no header is trusted for it.
 */
final class AnswerClassifier {

    private static final String ERROR_MESSAGE = "error message";
    private static final String[] NOTICES = {"information", "note"};
    private static final String MESSAGE = "message";

    private final Redaction redaction;

    AnswerClassifier(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * @param contentType the header's value; empty when there was none
     * @param body        the whole body; an outcome of class Data keeps it, any other is through with it
     * @param csvAsked    the request said {@code datatype=csv}
     */
    FetchOutcome classify(int status, String contentType, Body body, boolean csvAsked) {
        boolean serverFault = status >= 500 || status == 429 || status == 408 || status < 200;
        if (serverFault || (status >= 300 && status < 400)) {
            return status(status);
        }
        long start = Bytes.firstMeaningful(body);
        boolean empty = start == body.length();
        if (status >= 400) {
            return empty || body.at(start) != '{' ? status(status) : refused(status, body, start);
        }
        if (empty) {
            return new Broken(Fault.NO_BODY, "the API answered " + status + " without a body");
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        if (body.at(start) == '<' || (type.contains("html") && body.at(start) != '{')) {
            return new Broken(Fault.HTML, redaction.clean("HTML instead of data: " + Bytes.begin(body, start)));
        }
        if (body.at(start) == '{' || body.at(start) == '[') {
            return json(body, start);
        }
        return csvAsked || type.contains("csv") || type.contains("x-download")
                ? csv(body, start)
                : malformed(body, start);
    }

    private FetchOutcome json(Body body, long start) {
        TopLevel top;
        try {
            top = TopLevel.read(body, start);
        } catch (IOException e) {
            // Its own message quotes the body: ours says where the body is short instead.
            return malformed(body, start);
        }
        FetchOutcome notice = notice(top);
        if (notice != null) {
            return notice;
        }
        boolean nothing = top.scalars() == 0 || top.containers() > 0;
        return !top.hasRows() && nothing ? new Empty(redaction.clean(top.text(MESSAGE))) : new Data(body, false);
    }

    private FetchOutcome notice(TopLevel top) {
        // Artificial rows come in a valid shape: this is asked before anything else.
        if (NoticeRules.saysArtificial(top.text(MESSAGE))) {
            return new NotEntitled(redaction.clean(top.text(MESSAGE)), false);
        }
        if (top.isNotice(ERROR_MESSAGE)) {
            return NoticeRules.errorMessage(top.text(ERROR_MESSAGE), redaction);
        }
        for (String key : NOTICES) {
            if (top.isNotice(key)) {
                return NoticeRules.notice(top.text(key), redaction);
            }
        }
        if (top.isNotice(MESSAGE)) {
            FetchOutcome outcome = NoticeRules.notice(top.text(MESSAGE), redaction);
            // "success" and the like beside an empty container say nothing.
            return outcome instanceof Unknown && top.containers() > 0 ? null : outcome;
        }
        return null;
    }

    private FetchOutcome refused(int status, Body body, long start) {
        try {
            FetchOutcome notice = notice(TopLevel.read(body, start));
            return notice == null ? status(status) : notice;
        } catch (IOException e) {
            return status(status);
        }
    }

    /** A header alone is "nothing here"; a lone line that is no header is one of the API's sentences. */
    private FetchOutcome csv(Body body, long start) {
        long end = start;
        while (end < body.length() && body.at(end) != '\n' && body.at(end) != '\r') {
            end++;
        }
        if (Bytes.firstMeaningful(body, end) < body.length()) {
            return new Data(body, true);
        }
        String line = body.text(start, end);
        FetchOutcome notice = NoticeRules.notice(line, redaction);
        if (!(notice instanceof Unknown)) {
            return notice;
        }
        return line.indexOf(',') > 0 && line.indexOf(' ') < 0 || line.startsWith("timestamp,")
                ? new Empty("")
                : malformed(body, start);
    }

    private FetchOutcome malformed(Body body, long start) {
        return new Broken(
                Fault.MALFORMED,
                redaction.clean("cannot be read to its end, " + body.length() + " bytes: " + Bytes.begin(body, start)));
    }

    private static FetchOutcome status(int status) {
        return new Broken(Fault.STATUS, "HTTP status " + status);
    }
}

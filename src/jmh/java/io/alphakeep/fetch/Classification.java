package io.alphakeep.fetch;

import java.io.InputStream;

/** Opens the classification to the benchmarks; what it reads are chunks, as they come from a socket. */
public final class Classification {

    private final AnswerClassifier classifier = new AnswerClassifier(new Redaction("key"));

    public boolean isData(byte[] body, boolean csv) {
        return classify(body, csv) instanceof FetchOutcome.Data;
    }

    /** The body as the decoder gets it. */
    public InputStream data(byte[] body, boolean csv) {
        return ((FetchOutcome.Data) classify(body, csv)).body().drain();
    }

    private FetchOutcome classify(byte[] body, boolean csv) {
        return classifier.classify(200, "application/json", Body.of(body), csv);
    }
}

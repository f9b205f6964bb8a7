package io.alphakeep.local;

import io.alphakeep.catalog.Catalog;
import io.alphakeep.catalog.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers from recorded bodies: the newest that matches, byte by byte as it lies. */
final class RecordedBodies implements Source {

    private final List<RecordedBody> bodies;
    private final Set<String> functions;

    private RecordedBodies(List<RecordedBody> bodies) {
        this.bodies = bodies;
        this.functions = bodies.stream().map(RecordedBody::function).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException when the folder is none or holds no body that can be told apart */
    static RecordedBodies of(Path folder) {
        List<RecordedBody> bodies = new RecordedIndex(folder).read();
        if (bodies.isEmpty()) {
            throw new IllegalArgumentException(
                    folder + " holds no recorded body (expected FUNCTION/FILE.json or .csv)");
        }
        return new RecordedBodies(bodies);
    }

    @Override
    public boolean offers(String function) {
        return functions.contains(function) || Catalog.find(function).isPresent();
    }

    @Override
    public Optional<Reply> find(Query query) {
        return bodies.stream()
                .filter(body -> body.answers(query))
                .max(RecordedBody.AGE)
                .map(RecordedBodies::reply);
    }

    /** Nothing is known of the symbol, not even that it has a quote: {@code {}} for all but series. */
    @Override
    public Reply nothing(Query query) {
        boolean series = query.shape().map(shape -> shape == Shape.SERIES).orElse(true);
        return series ? Notice.invalidCall(query.function()) : Notice.emptyObject();
    }

    private static Reply reply(RecordedBody body) {
        try {
            byte[] bytes = Files.readAllBytes(body.file());
            return new Reply(200, body.csv() ? Reply.CSV : Reply.JSON, bytes, Reply.Delivery.WHOLE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recorded body " + body.file(), e);
        }
    }
}

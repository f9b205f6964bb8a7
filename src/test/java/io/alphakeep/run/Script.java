package io.alphakeep.run;

import io.alphakeep.fetch.Answer;
import io.alphakeep.fetch.Api;
import io.alphakeep.fetch.Body;
import io.alphakeep.fetch.Departure;
import io.alphakeep.fetch.FetchOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stands for the API: answers by a script, and remembers what it was asked. Never an assertion of its own. */
final class Script implements Api {

    private final Function<Map<String, String>, FetchOutcome> answers;
    private final boolean simulated;
    private final List<Map<String, String>> asked = new ArrayList<>();

    private Script(Function<Map<String, String>, FetchOutcome> answers, boolean simulated) {
        this.answers = answers;
        this.simulated = simulated;
    }

    /** These one after the other, then the last one for ever. */
    static Script of(FetchOutcome... outcomes) {
        int[] next = {0};
        List<Supplier<FetchOutcome>> again =
                Arrays.stream(outcomes).map(Script::again).toList();
        return by(parameters -> {
            synchronized (next) {
                return again.get(Math.min(next[0]++, again.size() - 1)).get();
            }
        });
    }

    /** A body can be read once only. */
    private static Supplier<FetchOutcome> again(FetchOutcome outcome) {
        if (!(outcome instanceof FetchOutcome.Data data)) {
            return () -> outcome;
        }
        byte[] bytes = data.body().toByteArray();
        return () -> new FetchOutcome.Data(Body.of(bytes), data.csv());
    }

    static Script by(Function<Map<String, String>, FetchOutcome> answers) {
        return new Script(answers, false);
    }

    /** The same from a server that says that it is a stand-in. */
    Script simulated() {
        return new Script(answers, true);
    }

    @Override
    public Optional<Answer> ask(Map<String, String> parameters, boolean csv, Departure departure) {
        if (!departure.mayLeave(false)) {
            return Optional.empty();
        }
        synchronized (asked) {
            asked.add(parameters);
        }
        FetchOutcome outcome = answers.apply(parameters);
        boolean reached =
                !(outcome instanceof FetchOutcome.Broken broken) || broken.fault() != FetchOutcome.Fault.UNREACHABLE;
        return Optional.of(new Answer(outcome, simulated, reached, reached ? 200 : 0, 100, Duration.ofMillis(5)));
    }

    /** The named parameter of each request, in their order. */
    List<String> asked(String parameter) {
        synchronized (asked) {
            return asked.stream().map(p -> p.get(parameter)).toList();
        }
    }
}

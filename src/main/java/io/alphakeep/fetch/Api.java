package io.alphakeep.fetch;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What can be asked: the API itself, and in tests whatever stands for it. */
@FunctionalInterface
public interface Api {

    /**
     * Asks once and waits for the answer. Whatever the server or the network does is an outcome.
     *
     * @param parameters of {@link RequestParameters}, without the key
     * @param csv        CSV was asked for
     * @param departure  asked right before the request is sent, at most once and by any thread: whether it still may be
     * @return empty when {@code departure} said no: nothing was sent
     * @throws StoppedException when the calling thread was interrupted; its interrupt flag is set again
     */
    Optional<Answer> ask(Map<String, String> parameters, boolean csv, BooleanSupplier departure);

    /** The same, to be sent at any time. */
    default Answer ask(Map<String, String> parameters, boolean csv) {
        return ask(parameters, csv, () -> true).orElseThrow();
    }
}

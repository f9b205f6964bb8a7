package io.alphakeep.fetch;

import java.util.Map;
import java.util.Optional;

/** What can be asked: the API itself, and in tests whatever stands for it. */
@FunctionalInterface
public interface Api {

    /**
     * Asks once and waits for the answer. Whatever the server or the network does is an outcome.
     *
     * @param parameters of {@link RequestParameters}, without the key
     * @param csv        CSV was asked for
     * @param departure  asked right before the request is sent
     * @return empty when {@code departure} said no: nothing was sent
     * @throws StoppedException when the calling thread was interrupted; its interrupt flag is set again
     */
    Optional<Answer> ask(Map<String, String> parameters, boolean csv, Departure departure);

    /** The same, to be sent at any time. */
    default Answer ask(Map<String, String> parameters, boolean csv) {
        return ask(parameters, csv, newConnection -> true).orElseThrow();
    }
}

package io.alphakeep.fetch;

import java.util.Map;

/** What can be asked: the API itself, and in tests whatever stands for it. */
@FunctionalInterface
public interface Api {

    /**
     * Asks once and waits for the answer. Whatever the server or the network does is an outcome.
     *
     * @param parameters of {@link RequestParameters}, without the key
     * @param csv        CSV was asked for
     * @throws StoppedException when the calling thread was interrupted; its interrupt flag is set again
     */
    Answer ask(Map<String, String> parameters, boolean csv);
}

package io.alphakeep.fetch;

/** The last word before a request is sent. */
@FunctionalInterface
public interface Departure {

    /**
     * Asked at most once for a request, right before it is sent, by any thread.
     *
     * @param newConnection its connection has to be opened first, or may have been closed since it was used last: how long
     *     the request will be on its way is not known
     * @return whether it still may be sent
     */
    boolean mayLeave(boolean newConnection);
}

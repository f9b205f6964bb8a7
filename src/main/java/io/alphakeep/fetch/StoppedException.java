package io.alphakeep.fetch;

/** The thread that waited for an answer was interrupted: the run is being stopped. The request may have counted. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoppedException() {
        super("stopped while waiting for an answer");
    }
}

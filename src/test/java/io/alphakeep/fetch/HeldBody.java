package io.alphakeep.fetch;

/** Bodies that say when they were closed. */
public final class HeldBody {

    private HeldBody() {}

    public static Body of(byte[] bytes, Runnable closed) {
        Body body = Body.of(bytes);
        body.holds(closed);
        return body;
    }
}

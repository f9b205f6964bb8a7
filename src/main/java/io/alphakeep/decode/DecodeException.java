package io.alphakeep.decode;

/** A body that ends too early or has not the shape it should have. Nothing of it may be stored. */
public final class DecodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long byteOffset;
    private final boolean bound;

    /**
     * @param message    what was expected and what was found, never more than a few characters of the body
     * @param byteOffset where in the body, from 0; -1 when not known
     */
    public DecodeException(String message, long byteOffset, Throwable cause) {
        this(message, byteOffset, false, cause);
    }

    private DecodeException(String message, long byteOffset, boolean bound, Throwable cause) {
        super(message, cause);
        this.byteOffset = byteOffset;
        this.bound = bound;
    }

    /** Nothing is wrong with the body but that there is too much of something in it. */
    static DecodeException tooMuch(String message) {
        return new DecodeException(message, -1, true, null);
    }

    /** It is past a bound of ours: the same answer would be refused again, so asking for it again is a waste. */
    public boolean isBound() {
        return bound;
    }

    public long byteOffset() {
        return byteOffset;
    }
}

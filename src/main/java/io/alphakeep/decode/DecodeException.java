package io.alphakeep.decode;

/** A body that ends too early or has not the shape it should have. Nothing of it may be stored. */
public final class DecodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long byteOffset;

    /**
     * @param message    what was expected and what was found, never more than a few characters of the body
     * @param byteOffset where in the body, from 0; -1 when not known
     */
    public DecodeException(String message, long byteOffset, Throwable cause) {
        super(message, cause);
        this.byteOffset = byteOffset;
    }

    public long byteOffset() {
        return byteOffset;
    }
}

package io.alphakeep.decode;

/** One row cannot be read; caught where the row is, and kept as a reject. No stack trace: it may come by thousands. */
final class RowFault extends RuntimeException {

    static final String NUMBER = "number";
    static final String DATE = "date";
    static final String DUPLICATE = "duplicate";
    /** The row is not an object, or has not the fields that its header names. */
    static final String SHAPE = "shape";

    private static final long serialVersionUID = 1L;

    private final String reason;

    RowFault(String reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}

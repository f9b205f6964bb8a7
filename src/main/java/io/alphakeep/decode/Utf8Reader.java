package io.alphakeep.decode;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes → characters, strictly: what is no UTF-8 is an error with its place, never a replacement character. A byte order
 * mark at the beginning is passed over. It can give the beginning of a row again ({@link #keepFrom}, {@link #kept}), so
 * that nobody has to hold the body for the sake of its rejects: what it gave out last still stands in the buffer of its
 * caller, and only what is about to be overwritten there is put aside.
 */
final class Utf8Reader extends Reader {

    /** The most characters of a row that can be had again. */
    static final int KEPT_CHARACTERS = Texts.MAX_PAYLOAD_BYTES;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final long NOTHING = -1;

    /** Bytes that are no UTF-8. */
    static final class NotUtf8Exception extends CharConversionException {

        private static final long serialVersionUID = 1L;
        private final long byteOffset;

        NotUtf8Exception(long byteOffset) {
            super("not UTF-8");
            this.byteOffset = byteOffset;
        }

        long byteOffset() {
            return byteOffset;
        }
    }

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final ByteBuffer input = ByteBuffer.wrap(bytes).limit(0);
    private long bytesRead;
    /** Second half of a pair whose first half took the last place there was; 0 when none is due. */
    private char half;

    private boolean begun;
    private boolean ended;

    /** The caller's buffer and what of it was filled last; its characters have these places in the body. */
    private char[] block = new char[0];

    private CharBuffer output = CharBuffer.wrap(block);
    private int blockAt;
    private int blockLength;
    private long blockStart;
    private long blockStartByte;
    private char last;

    private long keepFrom = NOTHING;
    private char[] kept;
    private int keptLength;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        putAside();
        if (into != block) {
            block = into;
            output = CharBuffer.wrap(into);
        }
        output.limit(offset + length).position(offset);
        blockStart += blockLength;
        blockLength = 0;
        if (!begun) {
            begin();
        }
        blockStartByte = position();
        if (half != 0) {
            // Each half of a pair counts as two of its four bytes.
            blockStartByte -= 2;
            output.put(half);
            half = 0;
        }
        while (output.position() == offset && !isAtEnd()) {
            CoderResult result = decoder.decode(input, output, ended);
            if (result.isError()) {
                throw new NotUtf8Exception(position());
            }
            if (result.isOverflow()) {
                if (output.position() == offset) {
                    split();
                }
                break;
            }
            if (!ended) {
                fill();
            }
        }
        blockAt = offset;
        blockLength = output.position() - offset;
        if (blockLength == 0) {
            return -1;
        }
        last = into[offset + blockLength - 1];
        return blockLength;
    }

    /** The character that was read last; U+0000 before the first. */
    char last() {
        return last;
    }

    /** How many bytes were taken from the stream so far. */
    long bytesRead() {
        return bytesRead;
    }

    /** About how many bytes the stream has left, as far as it knows; 0 when it doesn't. */
    int bytesLeft() throws IOException {
        return in.available();
    }

    /**
     * From this character of the body on the beginning will be asked for. A number or a literal may begin before what was
     * read last, because its parser looks past its end: of such a one only what follows the border is left.
     */
    void keepFrom(long character) {
        keepFrom = Math.max(character, blockStart);
        keptLength = 0;
    }

    /** The characters from {@link #keepFrom} to before this one, the first {@value #KEPT_CHARACTERS} of them at most. */
    String kept(long to) {
        if (keepFrom == NOTHING || to <= keepFrom) {
            return "";
        }
        putAside();
        return new String(kept, 0, (int) Math.min(to - keepFrom, keptLength));
    }

    /** The byte of the body that a character among those that were read last begins at. */
    long byteOffset(long character) {
        long within = Math.max(0, Math.min(character - blockStart, blockLength));
        return blockStartByte + Texts.utf8Length(block, blockAt, (int) within);
    }

    private void putAside() {
        if (keepFrom == NOTHING || keptLength == KEPT_CHARACTERS) {
            return;
        }
        kept = kept == null ? new char[KEPT_CHARACTERS] : kept;
        int from = (int) (keepFrom + keptLength - blockStart);
        int count = Math.min(blockLength - from, KEPT_CHARACTERS - keptLength);
        if (count > 0) {
            System.arraycopy(block, blockAt + from, kept, keptLength, count);
            keptLength += count;
        }
    }

    /** A pair does not fit into one place, but nothing read is no answer to whoever asked for one character. */
    private void split() {
        CharBuffer pair = CharBuffer.allocate(2);
        decoder.decode(input, pair, ended);
        output.put(pair.get(0));
        half = pair.get(1);
    }

    private void begin() throws IOException {
        begun = true;
        while (!ended && input.remaining() < 3) {
            fill();
        }
        if (input.remaining() >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            input.position(3);
        }
    }

    /** Byte of the body that is decoded next. */
    private long position() {
        return bytesRead - input.remaining();
    }

    private boolean isAtEnd() {
        return ended && !input.hasRemaining();
    }

    private void fill() throws IOException {
        input.compact();
        int count = in.read(bytes, input.position(), input.remaining());
        if (count < 0) {
            ended = true;
        } else {
            bytesRead += count;
            input.position(input.position() + count);
        }
        input.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

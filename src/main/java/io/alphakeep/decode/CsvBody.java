package io.alphakeep.decode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * A CSV body, RFC 4180, lines ended by CRLF or LF. CSV has no closing bracket: that a body is whole shows only in its
 * last line, which must have all fields and a line end.
 */
final class CsvBody {

    /** What takes the records, one after another. */
    @FunctionalInterface
    interface Records {
        void take(CsvRecord record) throws IOException;
    }

    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_FIELD_CHARACTERS = 1 << 20;

    private final byte[] body;
    private List<String> header;

    CsvBody(byte[] body) {
        this.body = body;
    }

    List<String> header() {
        return header;
    }

    /**
     * @param records gets each record behind the header that has as many fields as the header
     * @param odd     gets the others
     * @throws DecodeException when the body is short, not UTF-8 or not CSV
     */
    void read(Records records, Records odd) {
        String text = text();
        if (text.isEmpty()) {
            throw new DecodeException("a header line was expected", 0, null);
        }
        boolean ended = text.endsWith("\n") || text.endsWith("\r");
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(MAX_FIELD_CHARACTERS)
                .ofCsvRecord(text)) {
            Iterator<CsvRecord> iterator = reader.iterator();
            if (!iterator.hasNext()) {
                throw new DecodeException("a header line was expected", 0, null);
            }
            header = iterator.next().getFields();
            if (!ended && iterator.hasNext()) {
                throw new DecodeException("the last line has no end: the body is cut", body.length, null);
            }
            while (iterator.hasNext()) {
                CsvRecord record = iterator.next();
                if (record.getFieldCount() == header.size()) {
                    records.take(record);
                } else if (!iterator.hasNext() && record.getFieldCount() < header.size()) {
                    throw new DecodeException("the last line is short of fields: the body is cut", body.length, null);
                } else {
                    odd.take(record);
                }
            }
        } catch (CsvParseException e) {
            throw new DecodeException("not the CSV it should be", -1, e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    private String text() {
        int start = Json.afterMark(body);
        String text = new String(body, start, body.length - start, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(start);
        }
        return text;
    }

    /** Only a text with a replacement character can have come from bytes that are no UTF-8. */
    private void checkUtf8(int start) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        bytes.position(start);
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes);
        } catch (CharacterCodingException e) {
            throw new DecodeException("not UTF-8", bytes.position(), e);
        }
    }

    /** The record as text again, for a reject. */
    static String line(CsvRecord record) {
        return Texts.cut(String.join(",", record.getFields()), Texts.MAX_PAYLOAD_BYTES / 4);
    }
}

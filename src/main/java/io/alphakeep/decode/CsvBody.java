package io.alphakeep.decode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * A CSV body, RFC 4180, lines ended by CRLF or LF. CSV has no closing bracket: that a body is whole shows only in its
 * last line, which must have all fields and a line end.
 */
final class CsvBody {

    /** What takes the records, one after another. */
    interface Records {

        /** A record that has as many fields as the header; it is another one after this call. */
        void take(CsvRow row) throws IOException;

        /**
         * Another record.
         *
         * @param first  its first field
         * @param shape  what is odd about it
         * @param line   the record as text
         */
        void odd(String first, String shape, String line);
    }

    private final Utf8Reader text;
    private List<String> header;

    CsvBody(InputStream in) {
        this.text = new Utf8Reader(in);
    }

    List<String> header() {
        return header;
    }

    long bytesRead() {
        return text.bytesRead();
    }

    int bytesLeft() throws IOException {
        return text.bytesLeft();
    }

    /** @throws DecodeException when the body is short, not UTF-8 or not CSV */
    void read(Records records) {
        try (CsvReader<CsvRow> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(CsvRow.MAX_CHARACTERS)
                .build(new CsvRow(), text)) {
            read(reader.iterator(), records);
        } catch (CsvParseException e) {
            throw new DecodeException("not the CSV it should be", -1, e);
        } catch (UncheckedIOException e) {
            throw trouble(e.getCause());
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private void read(Iterator<CsvRow> rows, Records records) throws IOException {
        if (!rows.hasNext()) {
            throw new DecodeException("a header line was expected", 0, null);
        }
        CsvRow names = rows.next();
        if (!names.isWhole()) {
            throw DecodeException.tooMuch("a header of more than " + CsvRow.MAX_FIELDS + " fields or "
                    + CsvRow.MAX_CHARACTERS + " characters");
        }
        header = names.texts();
        boolean any = false;
        while (rows.hasNext()) {
            any = true;
            CsvRow row = rows.next();
            int fields = row.size();
            if (fields == header.size() && row.isWhole()) {
                records.take(row);
                continue;
            }
            String first = row.field(0);
            String line = row.line();
            String shape = fields + " fields" + (row.isWhole() ? "" : ", more than a line may hold");
            if (fields < header.size() && !rows.hasNext()) {
                throw new DecodeException("the last line is short of fields: the body is cut", text.bytesRead(), null);
            }
            records.odd(first, shape, line);
        }
        if (any && text.last() != '\n' && text.last() != '\r') {
            throw new DecodeException("the last line has no end: the body is cut", text.bytesRead(), null);
        }
    }

    private static RuntimeException trouble(IOException e) {
        return e instanceof Utf8Reader.NotUtf8Exception notUtf8
                ? new DecodeException("not UTF-8 near byte " + notUtf8.byteOffset(), notUtf8.byteOffset(), null)
                : new UncheckedIOException("memory cannot fail to be read", e);
    }
}

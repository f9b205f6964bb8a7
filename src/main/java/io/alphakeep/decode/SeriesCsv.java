package io.alphakeep.decode;

import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Bars.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bars, one a line. CSV names neither symbol nor zone: the zone is the catalogue's. */
final class SeriesCsv implements CsvBody.Records {

    private static final Set<String> STAMP_NAMES = Set.of("timestamp", "time", "date");

    private final Function function;
    private final Rows rows;
    private final CsvBody csv;
    private final BarFields.Rest rest = new BarFields.Rest();
    /** Of each field the figure that its header names, or null; null until the header was looked at. */
    private Figure[] figures;

    SeriesCsv(Function function, InputStream in) {
        this.function = function;
        this.rows = new Rows(function.intraday());
        this.csv = new CsvBody(in);
    }

    Decoded decode() {
        csv.read(this);
        figures();
        Bars bars = rows.bars(ZoneId.of(function.zone()));
        return new Decoded(bars, List.of(), "{}", Optional.empty(), rows.rejects());
    }

    @Override
    public void take(CsvRow row) throws IOException {
        Figure[] known = figures();
        try {
            rows.begin(row.characters(), 0, row.length(0));
            read(row, known);
            rows.end();
        } catch (RowFault e) {
            rows.reject(e, row.field(0), row.line());
        }
        rows.expect(csv.bytesRead(), csv.bytesLeft());
    }

    private void read(CsvRow row, Figure[] known) throws IOException {
        try {
            for (int i = 1; i < known.length; i++) {
                BarFields.put(csv.header().get(i), known[i], row.characters(), row.start(i), row.length(i), rows, rest);
            }
            rows.rest(rest.end());
        } catch (RowFault e) {
            rest.end();
            rows.drop();
            throw e;
        }
    }

    @Override
    public void odd(String first, String shape, String line) {
        rows.reject(new RowFault(RowFault.SHAPE, shape), first, line);
    }

    private Figure[] figures() {
        if (figures == null) {
            List<String> header = csv.header();
            if (!STAMP_NAMES.contains(header.get(0))) {
                throw new DecodeException("a header that begins with timestamp was expected", 0, null);
            }
            figures = header.stream().map(Keys::figure).toArray(Figure[]::new);
        }
        return figures;
    }
}

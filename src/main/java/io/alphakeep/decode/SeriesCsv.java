package io.alphakeep.decode;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bar;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bars, one a line. CSV names neither symbol nor zone: the zone is the catalogue's. */
final class SeriesCsv {

    private static final Set<String> STAMP_NAMES = Set.of("timestamp", "time", "date");

    private final Function function;
    private final Rows rows = new Rows();
    private final CsvBody csv;
    private final BarFields fields = new BarFields(Column::of);

    SeriesCsv(Function function, byte[] body) {
        this.function = function;
        this.csv = new CsvBody(body);
    }

    Decoded decode() {
        csv.read(this::take, record -> rows.reject(odd(record), record.getField(0), CsvBody.line(record)));
        checkHeader(csv.header());
        List<Bar> bars = rows.bars(function, ZoneId.of(function.zone()));
        return new Decoded(bars, List.of(), "{}", Optional.empty(), rows.rejects());
    }

    private void take(CsvRecord record) throws IOException {
        List<String> header = csv.header();
        checkHeader(header);
        String key = record.getField(0);
        try {
            Row row = new Row(key, Stamps.read(key));
            row.payload = () -> CsvBody.line(record);
            BarFields.Rest rest = new BarFields.Rest();
            for (int i = 1; i < header.size(); i++) {
                fields.put(header.get(i), record.getField(i), row, rest);
            }
            row.rest = rest.end();
            rows.add(row);
        } catch (RowFault e) {
            rows.reject(e, key, CsvBody.line(record));
        }
    }

    private static void checkHeader(List<String> header) {
        if (!STAMP_NAMES.contains(header.get(0))) {
            throw new DecodeException("a header that begins with timestamp was expected", 0, null);
        }
    }

    private static RowFault odd(CsvRecord record) {
        return new RowFault(RowFault.SHAPE, record.getFieldCount() + " fields");
    }
}

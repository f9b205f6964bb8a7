package io.alphakeep.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.alphakeep.catalog.Function;
import io.alphakeep.market.Bars;
import io.alphakeep.market.Reject;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code symbol} and arrays {@code annual…} and {@code quarterly…}: one document per element, by its fiscal date. */
final class ReportsJson {

    private static final String FISCAL_DATE = "fiscalDateEnding";
    private static final Set<String> WANTED = Set.of(FISCAL_DATE);
    /** The one array whose first element may be a year that is not over (ALPHA VANTAGE quirk 8). */
    private static final String WITH_YEAR_TO_DATE = "annualEarnings";

    private final Function function;
    private final InputStream in;
    private final List<Report> reports = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private String symbol;

    ReportsJson(Function function, InputStream in) {
        this.function = function;
        this.in = in;
    }

    Decoded decode() {
        return JsonBody.read(in, this::read);
    }

    private Decoded read(JsonBody body) throws IOException {
        JsonParser parser = body.parser();
        Json.ObjectText meta = new Json.ObjectText();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            String period = value == JsonToken.START_ARRAY ? Report.period(name) : null;
            if (period != null) {
                readArray(body, name, period);
            } else if (value == JsonToken.VALUE_STRING && name.equalsIgnoreCase("symbol")) {
                symbol = parser.getText();
            } else {
                Json.copy(parser, meta.field(name));
            }
        }
        body.endOfObject();
        return new Decoded(
                Bars.none(),
                Report.documents(function.dataType(), reports, rejects),
                meta.end(),
                Optional.ofNullable(symbol),
                rejects);
    }

    private void readArray(JsonBody body, String name, String period) throws IOException {
        JsonParser parser = body.parser();
        List<Report> found = new ArrayList<>();
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(parser, null, "ends inside " + period);
            }
            String place = name + "[" + index++ + "]";
            body.beginRow();
            try {
                if (token != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    throw new RowFault(RowFault.SHAPE, "not an object");
                }
                CleanedObject object = CleanedObject.read(parser, WANTED);
                found.add(new Report(period, date(object), place, object.financial(), object.altered(), body.row()));
            } catch (RowFault e) {
                rejects.add(Texts.reject(e, place, body.row()));
            }
        }
        reports.addAll(name.equals(WITH_YEAR_TO_DATE) ? YearToDate.mark(found) : found);
    }

    private static LocalDate date(CleanedObject object) {
        String text = object.text(FISCAL_DATE);
        if (text == null) {
            throw new RowFault(RowFault.DATE, "no " + FISCAL_DATE);
        }
        return Stamps.date(text);
    }
}

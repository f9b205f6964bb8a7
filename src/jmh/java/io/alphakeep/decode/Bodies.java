package io.alphakeep.decode;

import io.alphakeep.testkit.HugeBody;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Bodies of about a megabyte, newest bar first. */
final class Bodies {

    static final int BYTES = 1_000_000;

    private Bodies() {}

    static byte[] dailyJson() {
        StringBuilder body = new StringBuilder(
                "{\"Meta Data\":{\"2. Symbol\":\"IBM\",\"5. Time Zone\":\"US/Eastern\"},\"Time Series (Daily)\":{");
        for (int row = 0; body.length() < BYTES; row++) {
            String close = HugeBody.close(row);
            body.append(row == 0 ? "\"" : ",\"")
                    .append(day(row))
                    .append("\":{\"1. open\":\"")
                    .append(close)
                    .append("\",\"2. high\":\"")
                    .append(close)
                    .append("\",\"3. low\":\"")
                    .append(close)
                    .append("\",\"4. close\":\"")
                    .append(close)
                    .append("\",\"5. volume\":\"")
                    .append(3_000_000 + row * 7)
                    .append("\"}");
        }
        return body.append("}}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] intradayJson() {
        try (HugeBody body = new HugeBody(BYTES)) {
            return body.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte[] dailyCsv() {
        StringBuilder body = new StringBuilder("timestamp,open,high,low,close,volume\r\n");
        for (int row = 0; body.length() < BYTES; row++) {
            String close = HugeBody.close(row);
            body.append(day(row));
            for (int i = 0; i < 4; i++) {
                body.append(',').append(close);
            }
            body.append(',').append(3_000_000 + row * 7).append("\r\n");
        }
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static LocalDate day(int row) {
        return HugeBody.NEWEST_DAY.minusDays(row);
    }
}

package io.alphakeep.maintain.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexPolicyTest {

    /** An entry beyond the B-tree's limit would make the INSERT of the bar fail. */
    @Test
    void whatHasNoLimitIsInNoIndex() {
        for (String text : List.of("raw_payload days 3", "ticker include raw_payload days 3")) {
            assertThatThrownBy(() -> IndexPolicy.parse("x", text)).hasMessageContaining("raw_payload may be longer");
        }
    }

    @Test
    void theDefaultIsThePlansPriceSummary() {
        assertThat(IndexPolicy.DEFAULT.name()).isEqualTo("price_summary");
        assertThat(IndexPolicy.DEFAULT.text())
                .isEqualTo(
                        "ticker,timestamp include close_price,volume,quality_flag function TIME_SERIES_DAILY days 180");
        assertThat(IndexPolicy.parse("price_summary", IndexPolicy.DEFAULT.text()))
                .isEqualTo(IndexPolicy.DEFAULT);
    }

    @Test
    void theShortestFormHasNoIncludedColumnsAndAllFunctions() {
        assertThat(IndexPolicy.parse("a", "  updated_at   days  1 "))
                .isEqualTo(new IndexPolicy("a", List.of("updated_at"), List.of(), "", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Price | ticker days 1 | its name must be",
                "a23456789012345678901234x | ticker days 1 | its name must be",
                "a\" | ticker days 1 | its name must be",
                "a | ticker | has another form",
                "a | days 3 | has another form",
                "a | ticker days many | has another form",
                "a | ticker days 0 | days from 1 to 3660, not 0",
                "a | ticker days 3661 | days from 1 to 3660, not 3661",
                "a | ticker days 99999999999 | has another form",
                "a | ticker,tciker days 1 | no column 'tciker'",
                "a | ticker, days 1 | no column ''",
                "a | ticker,timestamp,ticker days 1 | a column stands twice",
                "a | ticker include ticker days 1 | a column stands twice",
                "a | ticker,timestamp,endpoint,volume,close_price days 1 | 1 to 4 key columns, not 5",
                "a | ticker include timestamp,endpoint,open_price,high_price,low_price,close_price,volume,adjusted_close,quality_flag days 1 | at most 8 included",
                "a | ticker function daily days 1 | 'daily' is no name of an API function",
                "a | ticker function X';DROP days 1 | is no name of an API function",
                "a | ticker);DROP days 1 | no column 'ticker);DROP'",
                "a | ticker function A include volume days 1 | has another form"
            })
    void whatIsWrongIsSaidWithTheForm(String name, String text, String wrong) {
        assertThatThrownBy(() -> IndexPolicy.parse(name, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining("index policy '" + name + "'")
                .hasMessageContaining("the form is: COLUMN,… [include COLUMN,…] [function NAME] days N");
    }

    @Property(tries = 500)
    void textAndPolicyAreTheSame(@ForAll("policies") IndexPolicy policy) {
        assertThat(IndexPolicy.parse(policy.name(), policy.text())).isEqualTo(policy);
    }

    @Provide
    Arbitrary<IndexPolicy> policies() {
        return Policies.any();
    }

    /** Every policy that there can be, but for its columns: some of them. */
    static final class Policies {

        private static final List<String> COLUMNS = List.of(
                "ticker",
                "timestamp",
                "endpoint",
                "api_function",
                "close_price",
                "volume",
                "quality_flag",
                "updated_at");

        private Policies() {}

        static Arbitrary<IndexPolicy> any() {
            Arbitrary<String> names = Combinators.combine(
                            Arbitraries.strings().withCharRange('a', 'z').ofLength(1),
                            Arbitraries.strings()
                                    .withCharRange('a', 'z')
                                    .numeric()
                                    .withChars('_')
                                    .ofMaxLength(23))
                    .as(String::concat);
            Arbitrary<String> functions = Combinators.combine(
                            Arbitraries.strings().withCharRange('A', 'Z').ofLength(1),
                            Arbitraries.strings()
                                    .withCharRange('A', 'Z')
                                    .numeric()
                                    .withChars('_')
                                    .ofMaxLength(63))
                    .as(String::concat);
            return Combinators.combine(
                            names,
                            Arbitraries.shuffle(COLUMNS),
                            Arbitraries.integers().between(1, 4),
                            Arbitraries.integers().between(0, 4),
                            Arbitraries.oneOf(functions, Arbitraries.just("")),
                            Arbitraries.integers().between(1, 3660))
                    .as((name, columns, keys, included, function, days) -> new IndexPolicy(
                            name, columns.subList(0, keys), columns.subList(keys, keys + included), function, days));
        }
    }
}

-- The original plan's query by market capitalization, as it is written there, through an index:
--   data_type = 'overview' AND (financial_data ->> 'MarketCap')::numeric > 1000000000
-- The decoder keeps MarketCap a number or null, so that the cast never refuses a row. What was stored before that is made so.
-- An index is also built over the row versions that this transaction has just replaced, and would be refused by them: the
-- table is rewritten once, if there were any (the value at the empty path is the value itself).
DO $$
BEGIN
    UPDATE alpha_fundamental_data
    SET financial_data = jsonb_set(financial_data, '{MarketCap}', 'null')
    WHERE data_type = 'overview'
      AND financial_data ->> 'MarketCap' IS NOT NULL
      AND alpha_numeric(financial_data ->> 'MarketCap') IS NULL;
    IF FOUND THEN
        ALTER TABLE alpha_fundamental_data ALTER COLUMN raw_payload TYPE jsonb USING raw_payload #> '{}';
    END IF;
END
$$;

CREATE INDEX idx_alpha_fund_market_cap_text ON alpha_fundamental_data (((financial_data ->> 'MarketCap')::numeric))
    INCLUDE (ticker) WHERE data_type = 'overview';

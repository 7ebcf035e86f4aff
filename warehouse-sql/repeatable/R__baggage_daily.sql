DROP VIEW IF EXISTS bi.baggage_daily;

CREATE VIEW bi.baggage_daily AS
SELECT
    d.full_date AS flight_date,
    l.airline,
    l.airline_name,
    b.bags,
    b.mishandled,
    CAST(ROUND(1000 * CAST(b.mishandled AS DECIMAL(18,6)) / b.bags, 2) AS DECIMAL(10,2)) AS mishandled_per_1000,
    b.claimed,
    b.avg_minutes_to_claim,
    b.p90_minutes_to_claim,
    b.avg_weight_kg
FROM (
    SELECT
        f.flight_date_key,
        f.airline_key,
        COUNT(*) AS bags,
        SUM(CASE WHEN f.is_mishandled = TRUE THEN 1 ELSE 0 END) AS mishandled,
        SUM(CASE WHEN f.claimed_at IS NOT NULL THEN 1 ELSE 0 END) AS claimed,
        CAST(ROUND(AVG(CAST(f.minutes_to_claim AS DECIMAL(18,6))), 2) AS DECIMAL(12,2)) AS avg_minutes_to_claim,
        CAST(PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY f.minutes_to_claim) AS DECIMAL(12,1)) AS p90_minutes_to_claim,
        CAST(ROUND(AVG(CASE WHEN f.weight_kg BETWEEN 0 AND 200 THEN CAST(f.weight_kg AS DECIMAL(18,6)) END), 2) AS DECIMAL(10,2)) AS avg_weight_kg
    FROM gold.fact_baggage f
    GROUP BY f.flight_date_key, f.airline_key
) b
JOIN gold.dim_date d ON d.date_key = b.flight_date_key
JOIN gold.dim_airline l ON l.airline_key = b.airline_key;

COMMENT ON VIEW bi.baggage_daily IS 'Bags by airline and day, a row a flight date and airline';
COMMENT ON COLUMN bi.baggage_daily.flight_date IS 'Date of the flights, local at their origin; of a bag without a flight that of its first scan in UTC';
COMMENT ON COLUMN bi.baggage_daily.airline IS 'IATA code of the airline; ?? where no scan names the flight';
COMMENT ON COLUMN bi.baggage_daily.airline_name IS 'Its name';
COMMENT ON COLUMN bi.baggage_daily.bags IS 'Bags';
COMMENT ON COLUMN bi.baggage_daily.mishandled IS 'Mishandled bags';
COMMENT ON COLUMN bi.baggage_daily.mishandled_per_1000 IS 'Of a thousand bags, mishandled ones';
COMMENT ON COLUMN bi.baggage_daily.claimed IS 'Bags that were claimed';
COMMENT ON COLUMN bi.baggage_daily.avg_minutes_to_claim IS 'Mean minutes from the arrival to the claim';
COMMENT ON COLUMN bi.baggage_daily.p90_minutes_to_claim IS 'Nine of ten claimed bags took no longer, minutes';
COMMENT ON COLUMN bi.baggage_daily.avg_weight_kg IS 'Mean weight in kilograms';

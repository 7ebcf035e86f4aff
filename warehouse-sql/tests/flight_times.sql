-- A leg that arrives before it departs: its times come from events that each were plausible.
SELECT
    f.airline || ' ' || CAST(f.flight_number AS VARCHAR(11)) || ' ' || COALESCE(f.flight_suffix, '-') || ' ' || CAST(f.flight_date AS VARCHAR(10)) || ' ' || f.origin AS row_key,
    'departed ' || CAST(f.actual_departure AS VARCHAR(32)) || ', arrived ' || CAST(f.actual_arrival AS VARCHAR(32)) AS detail
FROM gold.fact_flight f
WHERE f.actual_arrival < f.actual_departure

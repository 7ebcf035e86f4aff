-- Every leg has had a status: its first event is a change.
SELECT
    f.airline || ' ' || CAST(f.flight_number AS VARCHAR(11)) || ' ' || COALESCE(f.flight_suffix, '-') || ' ' || CAST(f.flight_date AS VARCHAR(10)) || ' ' || f.origin AS row_key,
    'no change of status' AS detail
FROM gold.fact_flight f
LEFT JOIN gold.fact_flight_status s ON s.flight_key = f.flight_key
WHERE s.flight_key IS NULL

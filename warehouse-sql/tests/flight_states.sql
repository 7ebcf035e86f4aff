-- What a leg's flags say of its status and its figures.
SELECT
    f.airline || ' ' || CAST(f.flight_number AS VARCHAR(11)) || ' ' || COALESCE(f.flight_suffix, '-') || ' ' || CAST(f.flight_date AS VARCHAR(10)) || ' ' || f.origin AS row_key,
    CASE
        WHEN f.is_cancelled = TRUE AND f.status <> 'cancelled' THEN 'cancelled, but its status is ' || f.status
        WHEN f.is_cancelled = FALSE AND f.status = 'cancelled' THEN 'not cancelled, but its status says so'
        WHEN f.is_diverted = FALSE AND f.status = 'diverted' THEN 'not diverted, but its status says so'
        ELSE 'diverted, but it has an arrival delay'
    END AS detail
FROM gold.fact_flight f
WHERE (f.is_cancelled = TRUE AND f.status <> 'cancelled')
    OR (f.is_cancelled = FALSE AND f.status = 'cancelled')
    OR (f.is_diverted = FALSE AND f.status = 'diverted')
    OR (f.is_diverted = TRUE AND f.arrival_delay_minutes IS NOT NULL)

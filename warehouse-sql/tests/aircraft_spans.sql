-- The spans of a registration follow each other without gap or overlap, and the last one alone is open and current.
SELECT
    a.tail_number || ' ' || CAST(a.valid_from AS VARCHAR(32)) AS row_key,
    CASE
        WHEN a.next_from IS NULL THEN 'the last span is closed or not current'
        WHEN a.valid_to IS NULL THEN 'open, but another span follows'
        ELSE 'ends ' || CAST(a.valid_to AS VARCHAR(32)) || ', the next one starts ' || CAST(a.next_from AS VARCHAR(32))
    END AS detail
FROM (
    SELECT tail_number, valid_from, valid_to, is_current, LEAD(valid_from) OVER (PARTITION BY tail_number ORDER BY valid_from, aircraft_key) AS next_from
    FROM gold.dim_aircraft
) a
WHERE (a.next_from IS NULL AND (a.valid_to IS NOT NULL OR a.is_current = FALSE))
    OR (a.next_from IS NOT NULL AND (a.valid_to IS NULL OR a.is_current = TRUE OR a.valid_to <> a.next_from))

-- A stay is what its two legs say: the same aircraft, landed undiverted where it departs, at their times.
SELECT
    t.tail_number || ' ' || CAST(t.off_block AS VARCHAR(32)) AS row_key,
    CASE
        WHEN i.tail_number <> t.tail_number OR o.tail_number <> t.tail_number THEN 'legs of ' || COALESCE(i.tail_number, '-') || ' and ' || COALESCE(o.tail_number, '-')
        WHEN i.destination <> t.airport OR o.origin <> t.airport THEN 'at ' || t.airport || ', legs to ' || i.destination || ' and from ' || o.origin
        WHEN i.is_cancelled = TRUE OR o.is_cancelled = TRUE OR i.is_diverted = TRUE THEN 'a leg is cancelled or diverted'
        WHEN i.actual_arrival <> t.on_block OR o.actual_departure <> t.off_block THEN 'its times are not those of its legs'
        WHEN (t.turnaround_minutes <= 0 AND t.is_impossible = FALSE) OR (t.turnaround_minutes > 0 AND t.is_impossible = TRUE) THEN 'is_impossible does not fit its minutes'
        ELSE 'minutes ' || CAST(t.turnaround_minutes AS VARCHAR(20))
    END AS detail
FROM gold.fact_turnaround t
JOIN gold.fact_flight i ON i.flight_key = t.inbound_flight_key
JOIN gold.fact_flight o ON o.flight_key = t.outbound_flight_key
WHERE i.tail_number <> t.tail_number
    OR o.tail_number <> t.tail_number
    OR i.destination <> t.airport
    OR o.origin <> t.airport
    OR i.is_cancelled = TRUE
    OR o.is_cancelled = TRUE
    OR i.is_diverted = TRUE
    OR i.actual_arrival <> t.on_block
    OR o.actual_departure <> t.off_block
    OR (t.turnaround_minutes <= 0 AND t.is_impossible = FALSE)
    OR (t.turnaround_minutes > 0 AND t.is_impossible = TRUE)
    OR t.turnaround_minutes <> DATEDIFF(minute, t.on_block, t.off_block)

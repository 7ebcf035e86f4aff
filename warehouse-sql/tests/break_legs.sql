-- A break is one: the aircraft departs elsewhere than its leg before was bound for, and that leg starts no stay.
SELECT
    b.tail_number || ' ' || CAST(b.off_block AS VARCHAR(32)) AS row_key,
    CASE WHEN b.expected_airport = b.departed_airport THEN 'departs where it was expected' ELSE 'its leg starts a stay too' END AS detail
FROM gold.fact_continuity_break b
LEFT JOIN gold.fact_turnaround t ON t.inbound_flight_key = b.inbound_flight_key
WHERE b.expected_airport = b.departed_airport OR t.inbound_flight_key IS NOT NULL

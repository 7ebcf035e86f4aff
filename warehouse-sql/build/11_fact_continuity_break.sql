-- Breaks: the next leg departs elsewhere than the one before it was bound for, be it that one was diverted or that a leg is missing.

CREATE TEMP TABLE new_fact_continuity_break AS
SELECT
    COALESCE(b.continuity_break_key, 0) AS continuity_break_key,
    s.inbound_flight_key,
    s.outbound_flight_key,
    o.flight_date,
    o.flight_date_key,
    i.destination_airport_key AS expected_airport_key,
    o.origin_airport_key AS departed_airport_key,
    o.aircraft_key,
    i.destination AS expected_airport,
    o.origin AS departed_airport,
    o.tail_number,
    i.actual_arrival AS on_block,
    o.actual_departure AS off_block,
    i.is_diverted AS is_after_diversion
FROM build_stay s
JOIN gold.fact_flight i ON i.flight_key = s.inbound_flight_key
JOIN gold.fact_flight o ON o.flight_key = s.outbound_flight_key
LEFT JOIN gold.fact_continuity_break b ON b.inbound_flight_key = s.inbound_flight_key
WHERE i.destination <> o.origin;

CREATE TEMP TABLE old_fact_continuity_break AS
SELECT b.continuity_break_key
FROM gold.fact_continuity_break b
JOIN build_inbound i ON i.flight_key = b.inbound_flight_key;

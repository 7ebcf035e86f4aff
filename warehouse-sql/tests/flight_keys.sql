-- The dimension rows a leg points to are those of its own values; -1 only where the dimension has no such row.
SELECT
    f.airline || ' ' || CAST(f.flight_number AS VARCHAR(11)) || ' ' || COALESCE(f.flight_suffix, '-') || ' ' || CAST(f.flight_date AS VARCHAR(10)) || ' ' || f.origin AS row_key,
    CASE
        WHEN d.date_key IS NULL OR d.full_date <> f.flight_date OR (d.full_date IS NULL AND c.full_date IS NOT NULL) THEN 'flight_date_key ' || CAST(f.flight_date_key AS VARCHAR(20))
        WHEN a.airline <> f.airline THEN 'airline_key ' || CAST(f.airline_key AS VARCHAR(20))
        WHEN o.airport <> f.origin THEN 'origin_airport_key ' || CAST(f.origin_airport_key AS VARCHAR(20))
        WHEN t.airport <> f.destination THEN 'destination_airport_key ' || CAST(f.destination_airport_key AS VARCHAR(20))
        ELSE 'route_key ' || CAST(f.route_key AS VARCHAR(20))
    END AS detail
FROM gold.fact_flight f
LEFT JOIN gold.dim_date d ON d.date_key = f.flight_date_key
LEFT JOIN gold.dim_date c ON c.full_date = f.flight_date
LEFT JOIN gold.dim_airline a ON a.airline_key = f.airline_key AND a.airline_key <> -1
LEFT JOIN gold.dim_airport o ON o.airport_key = f.origin_airport_key AND o.airport_key <> -1
LEFT JOIN gold.dim_airport t ON t.airport_key = f.destination_airport_key AND t.airport_key <> -1
LEFT JOIN gold.dim_route r ON r.route_key = f.route_key AND r.route_key <> -1
WHERE d.date_key IS NULL
    OR d.full_date <> f.flight_date
    OR (d.full_date IS NULL AND c.full_date IS NOT NULL)
    OR a.airline <> f.airline
    OR o.airport <> f.origin
    OR t.airport <> f.destination
    OR r.origin <> f.origin
    OR r.destination <> f.destination

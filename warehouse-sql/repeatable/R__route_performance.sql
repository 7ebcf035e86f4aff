DROP VIEW IF EXISTS bi.route_performance;

CREATE VIEW bi.route_performance AS
SELECT
    f.origin,
    f.destination,
    o.city AS origin_city,
    d.city AS destination_city,
    r.distance_km,
    COUNT(*) AS flights,
    COUNT(DISTINCT f.airline) AS airlines,
    MIN(f.flight_date) AS first_flight_date,
    MAX(f.flight_date) AS last_flight_date,
    SUM(CASE WHEN f.is_cancelled = TRUE THEN 1 ELSE 0 END) AS cancelled,
    SUM(CASE WHEN f.is_diverted = TRUE THEN 1 ELSE 0 END) AS diverted,
    CAST(ROUND(CAST(SUM(f.departure_delay_minutes) AS DECIMAL(18,6)) / NULLIF(COUNT(f.departure_delay_minutes), 0), 2) AS DECIMAL(10,2)) AS avg_departure_delay_minutes,
    CAST(ROUND(CAST(SUM(f.arrival_delay_minutes) AS DECIMAL(18,6)) / NULLIF(COUNT(f.arrival_delay_minutes), 0), 2) AS DECIMAL(10,2)) AS avg_arrival_delay_minutes,
    CAST(ROUND(CAST(SUM(CASE WHEN f.arrival_delay_minutes < 15 THEN 1 ELSE 0 END) AS DECIMAL(18,6)) / NULLIF(COUNT(f.arrival_delay_minutes), 0), 4) AS DECIMAL(5,4))
        AS on_time_arrival_share,
    SUM(f.passengers) AS passengers,
    CAST(ROUND(CAST(SUM(f.load_factor) AS DECIMAL(18,6)) / NULLIF(COUNT(f.load_factor), 0), 4) AS DECIMAL(9,4)) AS avg_load_factor
FROM gold.fact_flight f
JOIN gold.dim_route r ON r.route_key = f.route_key
JOIN gold.dim_airport o ON o.airport_key = f.origin_airport_key
JOIN gold.dim_airport d ON d.airport_key = f.destination_airport_key
GROUP BY f.origin, f.destination, o.city, d.city, r.distance_km;

COMMENT ON VIEW bi.route_performance IS 'Punctuality and load by route, a row an origin and destination';
COMMENT ON COLUMN bi.route_performance.origin IS 'IATA code of the origin';
COMMENT ON COLUMN bi.route_performance.destination IS 'IATA code of the destination';
COMMENT ON COLUMN bi.route_performance.origin_city IS 'City of the origin';
COMMENT ON COLUMN bi.route_performance.destination_city IS 'City of the destination';
COMMENT ON COLUMN bi.route_performance.distance_km IS 'Great-circle distance in kilometres';
COMMENT ON COLUMN bi.route_performance.flights IS 'Flight legs, cancelled ones too';
COMMENT ON COLUMN bi.route_performance.airlines IS 'Airlines that fly it';
COMMENT ON COLUMN bi.route_performance.first_flight_date IS 'Earliest flight date';
COMMENT ON COLUMN bi.route_performance.last_flight_date IS 'Latest flight date';
COMMENT ON COLUMN bi.route_performance.cancelled IS 'Cancelled legs';
COMMENT ON COLUMN bi.route_performance.diverted IS 'Diverted legs';
COMMENT ON COLUMN bi.route_performance.avg_departure_delay_minutes IS 'Mean departure delay in minutes, early ones negative';
COMMENT ON COLUMN bi.route_performance.avg_arrival_delay_minutes IS 'Mean arrival delay in minutes, early ones negative';
COMMENT ON COLUMN bi.route_performance.on_time_arrival_share IS 'Share of arrivals with a known delay that came less than 15 minutes late, 0 to 1';
COMMENT ON COLUMN bi.route_performance.passengers IS 'Passengers of the legs that report them';
COMMENT ON COLUMN bi.route_performance.avg_load_factor IS 'Mean passengers by seats of the legs that report both';

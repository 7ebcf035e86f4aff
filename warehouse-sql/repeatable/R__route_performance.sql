DROP VIEW IF EXISTS bi.route_performance;

-- By route and airline first: one pass by integer keys, where counting different airlines sorts every leg.
CREATE VIEW bi.route_performance AS
SELECT
    r.origin,
    r.destination,
    o.city AS origin_city,
    d.city AS destination_city,
    r.distance_km,
    f.flights,
    f.airlines,
    f.first_flight_date,
    f.last_flight_date,
    f.cancelled,
    f.diverted,
    CAST(ROUND(CAST(f.departure_delay AS DECIMAL(28,6)) / NULLIF(f.departure_delays, 0), 2) AS DECIMAL(12,2)) AS avg_departure_delay_minutes,
    CAST(ROUND(CAST(f.arrival_delay AS DECIMAL(28,6)) / NULLIF(f.arrival_delays, 0), 2) AS DECIMAL(12,2)) AS avg_arrival_delay_minutes,
    CAST(ROUND(CAST(f.on_time_arrivals AS DECIMAL(28,6)) / NULLIF(f.arrival_delays, 0), 4) AS DECIMAL(5,4)) AS on_time_arrival_share,
    f.passengers,
    CAST(ROUND(CAST(f.load_factor AS DECIMAL(28,6)) / NULLIF(f.load_factors, 0), 4) AS DECIMAL(9,4)) AS avg_load_factor
FROM (
    SELECT
        c.route_key,
        COUNT(*) AS airlines,
        CAST(SUM(c.flights) AS BIGINT) AS flights,
        MIN(c.first_flight_date) AS first_flight_date,
        MAX(c.last_flight_date) AS last_flight_date,
        CAST(SUM(c.cancelled) AS BIGINT) AS cancelled,
        CAST(SUM(c.diverted) AS BIGINT) AS diverted,
        SUM(c.departure_delay) AS departure_delay,
        SUM(c.departure_delays) AS departure_delays,
        SUM(c.arrival_delay) AS arrival_delay,
        SUM(c.arrival_delays) AS arrival_delays,
        SUM(c.on_time_arrivals) AS on_time_arrivals,
        CAST(SUM(c.passengers) AS BIGINT) AS passengers,
        SUM(c.load_factor) AS load_factor,
        SUM(c.load_factors) AS load_factors
    FROM (
        SELECT
            l.route_key,
            l.airline_key,
            COUNT(*) AS flights,
            MIN(l.flight_date) AS first_flight_date,
            MAX(l.flight_date) AS last_flight_date,
            SUM(CASE WHEN l.is_cancelled = TRUE THEN 1 ELSE 0 END) AS cancelled,
            SUM(CASE WHEN l.is_diverted = TRUE THEN 1 ELSE 0 END) AS diverted,
            SUM(l.departure_delay_minutes) AS departure_delay,
            COUNT(l.departure_delay_minutes) AS departure_delays,
            SUM(l.arrival_delay_minutes) AS arrival_delay,
            COUNT(l.arrival_delay_minutes) AS arrival_delays,
            SUM(CASE WHEN l.arrival_delay_minutes < 15 THEN 1 ELSE 0 END) AS on_time_arrivals,
            SUM(l.passengers) AS passengers,
            SUM(l.load_factor) AS load_factor,
            COUNT(l.load_factor) AS load_factors
        FROM gold.fact_flight l
        GROUP BY l.route_key, l.airline_key
    ) c
    GROUP BY c.route_key
) f
JOIN gold.dim_route r ON r.route_key = f.route_key
JOIN gold.dim_airport o ON o.airport_key = r.origin_airport_key
JOIN gold.dim_airport d ON d.airport_key = r.destination_airport_key;

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

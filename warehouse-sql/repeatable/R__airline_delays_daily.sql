DROP VIEW IF EXISTS bi.airline_delays_daily;

CREATE VIEW bi.airline_delays_daily AS
SELECT
    f.flight_date,
    f.airline,
    a.airline_name,
    COUNT(*) AS flights,
    SUM(CASE WHEN f.is_cancelled = TRUE THEN 1 ELSE 0 END) AS cancelled,
    SUM(CASE WHEN f.is_diverted = TRUE THEN 1 ELSE 0 END) AS diverted,
    SUM(CASE WHEN f.actual_departure IS NOT NULL THEN 1 ELSE 0 END) AS departed,
    SUM(CASE WHEN f.actual_arrival IS NOT NULL AND f.is_diverted = FALSE THEN 1 ELSE 0 END) AS arrived,
    SUM(CASE WHEN f.departure_delay_minutes >= 15 THEN 1 ELSE 0 END) AS departures_late_15,
    SUM(CASE WHEN f.arrival_delay_minutes >= 15 THEN 1 ELSE 0 END) AS arrivals_late_15,
    CAST(ROUND(CAST(SUM(f.departure_delay_minutes) AS DECIMAL(28,6)) / NULLIF(COUNT(f.departure_delay_minutes), 0), 2) AS DECIMAL(12,2)) AS avg_departure_delay_minutes,
    CAST(ROUND(CAST(SUM(f.arrival_delay_minutes) AS DECIMAL(28,6)) / NULLIF(COUNT(f.arrival_delay_minutes), 0), 2) AS DECIMAL(12,2)) AS avg_arrival_delay_minutes,
    MAX(f.departure_delay_minutes) AS max_departure_delay_minutes,
    MAX(f.arrival_delay_minutes) AS max_arrival_delay_minutes,
    COALESCE(SUM(f.carrier_minutes), 0) AS carrier_minutes,
    COALESCE(SUM(f.weather_minutes), 0) AS weather_minutes,
    COALESCE(SUM(f.nas_minutes), 0) AS nas_minutes,
    COALESCE(SUM(f.security_minutes), 0) AS security_minutes,
    COALESCE(SUM(f.late_aircraft_minutes), 0) AS late_aircraft_minutes
FROM gold.fact_flight f
JOIN gold.dim_airline a ON a.airline_key = f.airline_key
GROUP BY f.flight_date, f.airline, a.airline_name;

COMMENT ON VIEW bi.airline_delays_daily IS 'Delays and their causes by airline and day, a row a flight_date and airline';
COMMENT ON COLUMN bi.airline_delays_daily.flight_date IS 'Date of the flights, local at their origin';
COMMENT ON COLUMN bi.airline_delays_daily.airline IS 'IATA code of the airline';
COMMENT ON COLUMN bi.airline_delays_daily.airline_name IS 'Name of the airline';
COMMENT ON COLUMN bi.airline_delays_daily.flights IS 'Flight legs, cancelled ones too';
COMMENT ON COLUMN bi.airline_delays_daily.cancelled IS 'Cancelled legs';
COMMENT ON COLUMN bi.airline_delays_daily.diverted IS 'Diverted legs';
COMMENT ON COLUMN bi.airline_delays_daily.departed IS 'Legs with an actual departure';
COMMENT ON COLUMN bi.airline_delays_daily.arrived IS 'Legs with an actual arrival, diverted ones left out';
COMMENT ON COLUMN bi.airline_delays_daily.departures_late_15 IS 'Legs that departed 15 minutes late or more';
COMMENT ON COLUMN bi.airline_delays_daily.arrivals_late_15 IS 'Legs that arrived 15 minutes late or more';
COMMENT ON COLUMN bi.airline_delays_daily.avg_departure_delay_minutes IS 'Mean departure delay in minutes, early ones negative';
COMMENT ON COLUMN bi.airline_delays_daily.avg_arrival_delay_minutes IS 'Mean arrival delay in minutes, early ones negative';
COMMENT ON COLUMN bi.airline_delays_daily.max_departure_delay_minutes IS 'Greatest departure delay in minutes';
COMMENT ON COLUMN bi.airline_delays_daily.max_arrival_delay_minutes IS 'Greatest arrival delay in minutes';
COMMENT ON COLUMN bi.airline_delays_daily.carrier_minutes IS 'Minutes of arrival delay by cause carrier';
COMMENT ON COLUMN bi.airline_delays_daily.weather_minutes IS 'Minutes of arrival delay by cause weather';
COMMENT ON COLUMN bi.airline_delays_daily.nas_minutes IS 'Minutes of arrival delay by cause nas';
COMMENT ON COLUMN bi.airline_delays_daily.security_minutes IS 'Minutes of arrival delay by cause security';
COMMENT ON COLUMN bi.airline_delays_daily.late_aircraft_minutes IS 'Minutes of arrival delay by cause late_aircraft';

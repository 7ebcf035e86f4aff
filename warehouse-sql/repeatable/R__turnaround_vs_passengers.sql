DROP VIEW IF EXISTS bi.turnaround_vs_passengers;

-- Longer stays are waits for the next flight, not work; they are left out with those that are impossible.
CREATE VIEW bi.turnaround_vs_passengers AS
SELECT
    t.airport,
    l.airline,
    l.airline_name,
    t.passengers_from,
    t.passengers_from + 49 AS passengers_to,
    t.turnarounds,
    CAST(ROUND(CAST(t.minutes AS DECIMAL(28,6)) / t.turnarounds, 2) AS DECIMAL(12,2)) AS avg_turnaround_minutes,
    t.median_turnaround_minutes,
    t.min_turnaround_minutes,
    t.max_turnaround_minutes,
    CAST(ROUND(CAST(t.passengers AS DECIMAL(28,6)) / t.turnarounds, 2) AS DECIMAL(12,2)) AS avg_passengers,
    CAST(ROUND(CAST(t.minutes AS DECIMAL(28,6)) / NULLIF(t.passengers, 0), 4) AS DECIMAL(18,4)) AS minutes_per_passenger
FROM (
    SELECT
        s.airport,
        s.airline_key,
        s.passengers - MOD(s.passengers, 50) AS passengers_from,
        COUNT(*) AS turnarounds,
        SUM(s.turnaround_minutes) AS minutes,
        SUM(s.passengers) AS passengers,
        CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY s.turnaround_minutes) AS DECIMAL(10,1)) AS median_turnaround_minutes,
        MIN(s.turnaround_minutes) AS min_turnaround_minutes,
        MAX(s.turnaround_minutes) AS max_turnaround_minutes
    FROM (
        SELECT f.airport, f.airline_key, CAST(f.passengers_in AS BIGINT) + f.passengers_out AS passengers, f.turnaround_minutes
        FROM gold.fact_turnaround f
        WHERE f.is_impossible = FALSE AND f.turnaround_minutes < 360
    ) s
    WHERE s.passengers IS NOT NULL
    GROUP BY s.airport, s.airline_key, s.passengers - MOD(s.passengers, 50)
) t
JOIN gold.dim_airline l ON l.airline_key = t.airline_key;

COMMENT ON VIEW bi.turnaround_vs_passengers IS 'How passengers drive turnarounds: stays of up to six hours by the passengers who get off and on, a row an airport, airline and fifty passengers';
COMMENT ON COLUMN bi.turnaround_vs_passengers.airport IS 'IATA code of the airport';
COMMENT ON COLUMN bi.turnaround_vs_passengers.airline IS 'IATA code of the airline of the outbound leg';
COMMENT ON COLUMN bi.turnaround_vs_passengers.airline_name IS 'Its name';
COMMENT ON COLUMN bi.turnaround_vs_passengers.passengers_from IS 'Passengers in and out, from this number';
COMMENT ON COLUMN bi.turnaround_vs_passengers.passengers_to IS 'To this number';
COMMENT ON COLUMN bi.turnaround_vs_passengers.turnarounds IS 'Stays longer than 0 and shorter than 360 minutes whose passengers in and out are known';
COMMENT ON COLUMN bi.turnaround_vs_passengers.avg_turnaround_minutes IS 'Mean minutes from on_block to off_block';
COMMENT ON COLUMN bi.turnaround_vs_passengers.median_turnaround_minutes IS 'Median of them';
COMMENT ON COLUMN bi.turnaround_vs_passengers.min_turnaround_minutes IS 'Shortest';
COMMENT ON COLUMN bi.turnaround_vs_passengers.max_turnaround_minutes IS 'Longest';
COMMENT ON COLUMN bi.turnaround_vs_passengers.avg_passengers IS 'Mean passengers in and out';
COMMENT ON COLUMN bi.turnaround_vs_passengers.minutes_per_passenger IS 'Minutes of all stays by passengers of all stays';

DROP VIEW IF EXISTS bi.security_waits_hourly;

CREATE VIEW bi.security_waits_hourly AS
SELECT
    c.airport,
    c.checkpoint,
    c.terminal,
    w.hour_utc,
    CONVERT_TIMEZONE('UTC', COALESCE(a.time_zone, 'UTC'), w.hour_utc) AS hour_local,
    w.readings,
    w.avg_wait_minutes,
    w.median_wait_minutes,
    w.max_wait_minutes,
    w.max_queue_length,
    w.avg_lanes_open,
    w.passengers_screened
FROM (
    SELECT
        f.checkpoint_key,
        DATE_TRUNC('hour', f.measured_at) AS hour_utc,
        COUNT(*) AS readings,
        CAST(ROUND(AVG(CAST(f.wait_minutes AS DECIMAL(18,6))), 2) AS DECIMAL(12,2)) AS avg_wait_minutes,
        CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.wait_minutes) AS DECIMAL(12,2)) AS median_wait_minutes,
        MAX(f.wait_minutes) AS max_wait_minutes,
        MAX(f.queue_length) AS max_queue_length,
        CAST(ROUND(AVG(CAST(f.lanes_open AS DECIMAL(18,6))), 2) AS DECIMAL(12,2)) AS avg_lanes_open,
        SUM(f.passengers_screened) AS passengers_screened
    FROM (
        SELECT w.checkpoint_key, w.measured_at, w.queue_length, w.lanes_open, w.passengers_screened,
            CASE WHEN w.wait_minutes BETWEEN 0 AND 600 THEN w.wait_minutes END AS wait_minutes
        FROM gold.fact_security_wait w
    ) f
    GROUP BY f.checkpoint_key, DATE_TRUNC('hour', f.measured_at)
) w
JOIN gold.dim_checkpoint c ON c.checkpoint_key = w.checkpoint_key
JOIN gold.dim_airport a ON a.airport_key = c.airport_key;

COMMENT ON VIEW bi.security_waits_hourly IS 'Waiting at security by checkpoint and hour, a row an airport, checkpoint and hour in UTC with a reading';
COMMENT ON COLUMN bi.security_waits_hourly.airport IS 'IATA code of the airport';
COMMENT ON COLUMN bi.security_waits_hourly.checkpoint IS 'Name of the checkpoint';
COMMENT ON COLUMN bi.security_waits_hourly.terminal IS 'Terminal of the checkpoint';
COMMENT ON COLUMN bi.security_waits_hourly.hour_utc IS 'Start of the hour, UTC';
COMMENT ON COLUMN bi.security_waits_hourly.hour_local IS 'Start of the hour on the clocks of the airport';
COMMENT ON COLUMN bi.security_waits_hourly.readings IS 'Readings';
COMMENT ON COLUMN bi.security_waits_hourly.avg_wait_minutes IS 'Mean wait in minutes of the readings that tell one';
COMMENT ON COLUMN bi.security_waits_hourly.median_wait_minutes IS 'Median wait in minutes of the readings that tell one';
COMMENT ON COLUMN bi.security_waits_hourly.max_wait_minutes IS 'Longest wait in minutes';
COMMENT ON COLUMN bi.security_waits_hourly.max_queue_length IS 'Most people waiting';
COMMENT ON COLUMN bi.security_waits_hourly.avg_lanes_open IS 'Mean of the open lanes';
COMMENT ON COLUMN bi.security_waits_hourly.passengers_screened IS 'People screened';

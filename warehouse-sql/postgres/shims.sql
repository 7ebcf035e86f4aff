-- Functions of Redshift that PostgreSQL lacks. This file is PostgreSQL's own and never runs on Redshift.
-- Bodies are single expressions over a constant part, so that the planner inlines them and folds the CASE.

CREATE SCHEMA IF NOT EXISTS shims;

CREATE OR REPLACE FUNCTION shims.getdate() RETURNS TIMESTAMP LANGUAGE sql STABLE AS $$
    SELECT date_trunc('second', statement_timestamp() AT TIME ZONE 'UTC')
$$;

-- Counts the boundaries crossed, as Redshift does: 14:00:59 to 14:01:00 is one minute.
CREATE OR REPLACE FUNCTION shims.datediff(part TEXT, started TIMESTAMP, ended TIMESTAMP) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE part
        WHEN 'microsecond' THEN CAST(EXTRACT(EPOCH FROM ended - started) * 1000000 AS BIGINT)
        WHEN 'millisecond' THEN CAST(EXTRACT(EPOCH FROM date_trunc('milliseconds', ended) - date_trunc('milliseconds', started)) * 1000 AS BIGINT)
        WHEN 'second' THEN CAST(EXTRACT(EPOCH FROM date_trunc('second', ended) - date_trunc('second', started)) AS BIGINT)
        WHEN 'minute' THEN CAST(EXTRACT(EPOCH FROM date_trunc('minute', ended) - date_trunc('minute', started)) AS BIGINT) / 60
        WHEN 'hour' THEN CAST(EXTRACT(EPOCH FROM date_trunc('hour', ended) - date_trunc('hour', started)) AS BIGINT) / 3600
        WHEN 'day' THEN CAST(CAST(ended AS DATE) - CAST(started AS DATE) AS BIGINT)
        -- Weeks begin on Sunday there, on Monday here.
        WHEN 'week' THEN (CAST(date_trunc('week', ended + INTERVAL '1 day') AS DATE) - CAST(date_trunc('week', started + INTERVAL '1 day') AS DATE)) / 7
        WHEN 'month' THEN CAST((EXTRACT(YEAR FROM ended) - EXTRACT(YEAR FROM started)) * 12 + EXTRACT(MONTH FROM ended) - EXTRACT(MONTH FROM started) AS BIGINT)
        WHEN 'year' THEN CAST(EXTRACT(YEAR FROM ended) - EXTRACT(YEAR FROM started) AS BIGINT)
    END
$$;

CREATE OR REPLACE FUNCTION shims.dateadd(part TEXT, amount BIGINT, moment TIMESTAMP) RETURNS TIMESTAMP LANGUAGE sql IMMUTABLE AS $$
    SELECT moment + amount * CASE part
        WHEN 'microsecond' THEN INTERVAL '1 microsecond'
        WHEN 'millisecond' THEN INTERVAL '1 millisecond'
        WHEN 'second' THEN INTERVAL '1 second'
        WHEN 'minute' THEN INTERVAL '1 minute'
        WHEN 'hour' THEN INTERVAL '1 hour'
        WHEN 'day' THEN INTERVAL '1 day'
        WHEN 'week' THEN INTERVAL '7 days'
        WHEN 'month' THEN INTERVAL '1 month'
        WHEN 'year' THEN INTERVAL '1 year'
    END
$$;

CREATE OR REPLACE FUNCTION shims.convert_timezone(source_zone TEXT, target_zone TEXT, moment TIMESTAMP) RETURNS TIMESTAMP LANGUAGE sql STABLE AS $$
    SELECT moment AT TIME ZONE source_zone AT TIME ZONE target_zone
$$;

CREATE OR REPLACE FUNCTION shims.json_parse(content TEXT) RETURNS JSONB LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(content AS JSONB)
$$;

CREATE OR REPLACE FUNCTION shims.json_serialize(content JSONB) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(content AS TEXT)
$$;

CREATE OR REPLACE FUNCTION shims.is_valid_json(content TEXT) RETURNS BOOLEAN LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    PERFORM CAST(content AS JSONB);
    RETURN content IS NOT NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN FALSE;
END
$$;

CREATE OR REPLACE FUNCTION shims.json_extract_path_text(content TEXT, VARIADIC path TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(content AS JSONB) #>> path
$$;

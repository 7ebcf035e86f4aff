-- Days and routes that the new events need.

-- A day on the clocks of an airport lies within a day of that in UTC. Days of other years than these are nobody's: the table stays below 37,256 rows,
-- whatever dates events have, and facts of such days point to -1.
CREATE TEMP TABLE build_month AS
SELECT m.month_start
FROM (
    SELECT DISTINCT CAST(DATE_TRUNC('month', w.moment) AS DATE) AS month_start
    FROM (
        SELECT CAST(l.flight_date AS TIMESTAMP) AS moment FROM build_leg l JOIN build_state s ON s.leg_number = l.leg_number
        UNION
        SELECT CAST(n.flight_date AS TIMESTAMP) FROM build_new n WHERE n.entity = 'baggage_event' AND n.is_aside = 0 AND n.flight_date IS NOT NULL
        UNION
        SELECT DATEADD(day, n.days, t.moment)
        FROM (SELECT DISTINCT DATE_TRUNC('day', e.event_time) AS moment FROM build_new e WHERE e.entity <> 'flight_event' AND e.is_aside = 0) t
        CROSS JOIN (SELECT -1 AS days UNION ALL SELECT 0 UNION ALL SELECT 1) n
    ) w
) m
LEFT JOIN gold.dim_date d ON d.full_date = m.month_start
WHERE d.full_date IS NULL AND m.month_start BETWEEN CAST('1998-01-01' AS DATE) AND CAST('2099-12-31' AS DATE);

-- The days of these months and one more on either side, with the holidays of 5 U.S.C. 6103(a) as they have been since 1978: Martin Luther King's
-- birthday since 1986, Juneteenth since 2021. 0001-01-01 was a Monday.
CREATE TEMP TABLE build_day AS
SELECT DISTINCT n.midnight, n.day_of_week,
    CASE
        WHEN n.month_number = 1 AND n.day_of_month = 1 THEN 'New Year''s Day'
        WHEN n.month_number = 1 AND n.day_of_week = 1 AND n.day_of_month BETWEEN 15 AND 21 AND n.year_number >= 1986 THEN 'Birthday of Martin Luther King, Jr.'
        WHEN n.month_number = 2 AND n.day_of_week = 1 AND n.day_of_month BETWEEN 15 AND 21 THEN 'Washington''s Birthday'
        WHEN n.month_number = 5 AND n.day_of_week = 1 AND n.day_of_month >= 25 THEN 'Memorial Day'
        WHEN n.month_number = 6 AND n.day_of_month = 19 AND n.year_number >= 2021 THEN 'Juneteenth National Independence Day'
        WHEN n.month_number = 7 AND n.day_of_month = 4 THEN 'Independence Day'
        WHEN n.month_number = 9 AND n.day_of_week = 1 AND n.day_of_month <= 7 THEN 'Labor Day'
        WHEN n.month_number = 10 AND n.day_of_week = 1 AND n.day_of_month BETWEEN 8 AND 14 THEN 'Columbus Day'
        WHEN n.month_number = 11 AND n.day_of_month = 11 THEN 'Veterans Day'
        WHEN n.month_number = 11 AND n.day_of_week = 4 AND n.day_of_month BETWEEN 22 AND 28 THEN 'Thanksgiving Day'
        WHEN n.month_number = 12 AND n.day_of_month = 25 THEN 'Christmas Day'
    END AS holiday_name
FROM (
    SELECT d.midnight,
        CAST(DATE_PART(year, d.midnight) AS INTEGER) AS year_number,
        CAST(DATE_PART(month, d.midnight) AS INTEGER) AS month_number,
        CAST(DATE_PART(day, d.midnight) AS INTEGER) AS day_of_month,
        CAST(MOD(DATEDIFF(day, CAST('0001-01-01' AS TIMESTAMP), d.midnight), 7) AS INTEGER) + 1 AS day_of_week
    FROM (
        SELECT DATEADD(day, 10 * tens.n + ones.n - 1, CAST(m.month_start AS TIMESTAMP)) AS midnight
        FROM build_month m
        CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) tens
        CROSS JOIN (
            SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
            UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
        ) ones
    ) d
) n;

-- The day off for a holiday on a Saturday is the Friday before it, 6103(b)(1); for one on a Sunday the Monday after it, Executive Order 11582.
INSERT INTO gold.dim_date (
    date_key, full_date, year_number, quarter_number, month_number, month_name, month_start, day_of_month, day_of_week, weekday_name, day_of_year,
    iso_week, iso_year, is_weekend, holiday_name, observed_holiday_name, is_federal_holiday
)
SELECT
    CAST(TO_CHAR(d.midnight, 'YYYYMMDD') AS INTEGER),
    CAST(d.midnight AS DATE),
    CAST(DATE_PART(year, d.midnight) AS INTEGER),
    CAST(DATE_PART(quarter, d.midnight) AS INTEGER),
    CAST(DATE_PART(month, d.midnight) AS INTEGER),
    TRIM(TO_CHAR(d.midnight, 'Month')),
    m.month_start,
    CAST(DATE_PART(day, d.midnight) AS INTEGER),
    d.day_of_week,
    TRIM(TO_CHAR(d.midnight, 'Day')),
    CAST(DATEDIFF(day, DATE_TRUNC('year', d.midnight), d.midnight) AS INTEGER) + 1,
    CAST(DATE_PART(week, d.midnight) AS INTEGER),
    -- A week belongs to the year of its Thursday.
    CAST(DATE_PART(year, DATEADD(day, 4 - d.day_of_week, d.midnight)) AS INTEGER),
    (d.day_of_week >= 6),
    d.holiday_name,
    CASE WHEN d.day_of_week <= 5 THEN COALESCE(
        d.holiday_name,
        CASE WHEN d.day_of_week = 5 THEN a.holiday_name WHEN d.day_of_week = 1 THEN b.holiday_name END) END,
    (d.holiday_name IS NOT NULL OR (d.day_of_week = 5 AND a.holiday_name IS NOT NULL) OR (d.day_of_week = 1 AND b.holiday_name IS NOT NULL))
FROM build_month m
JOIN build_day d ON DATE_TRUNC('month', d.midnight) = CAST(m.month_start AS TIMESTAMP)
LEFT JOIN build_day b ON b.midnight = DATEADD(day, -1, d.midnight)
LEFT JOIN build_day a ON a.midnight = DATEADD(day, 1, d.midnight);

-- Great-circle distance by the haversine formula on a sphere of 6371.0088 km, the mean radius of the Earth. Between antipodes rounding may take the
-- root beyond 1, where ASIN has no value.
INSERT INTO gold.dim_route (origin, destination, origin_airport_key, destination_airport_key, distance_km)
SELECT
    p.origin,
    p.destination,
    COALESCE(o.airport_key, -1),
    COALESCE(d.airport_key, -1),
    CAST(ROUND(CAST(2 * 6371.0088 * ASIN(LEAST(1, SQRT(
        POWER(SIN(RADIANS(d.latitude - o.latitude) / 2), 2)
        + COS(RADIANS(o.latitude)) * COS(RADIANS(d.latitude)) * POWER(SIN(RADIANS(d.longitude - o.longitude) / 2), 2)
    ))) AS DECIMAL(18,6)), 1) AS DECIMAL(8,1))
FROM (
    SELECT DISTINCT l.origin, s.destination
    FROM build_leg l
    JOIN build_state s ON s.leg_number = l.leg_number
) p
LEFT JOIN gold.dim_route r ON r.origin = p.origin AND r.destination = p.destination
LEFT JOIN gold.dim_airport o ON o.airport = p.origin
LEFT JOIN gold.dim_airport d ON d.airport = p.destination
WHERE r.origin IS NULL;

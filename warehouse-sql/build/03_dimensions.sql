-- Days and routes that the legs need and the dimensions have not.

CREATE TEMP TABLE build_month AS
SELECT m.month_start
FROM (SELECT DISTINCT CAST(DATE_TRUNC('month', CAST(flight_date AS TIMESTAMP)) AS DATE) AS month_start FROM build_leg) m
LEFT JOIN gold.dim_date d ON d.full_date = m.month_start
WHERE d.full_date IS NULL;

-- 0001-01-01 was a Monday.
INSERT INTO gold.dim_date (date_key, full_date, year_number, quarter_number, month_number, month_start, day_of_month, day_of_week, day_of_year, iso_week, is_weekend)
SELECT
    CAST(TO_CHAR(d.midnight, 'YYYYMMDD') AS INTEGER),
    CAST(d.midnight AS DATE),
    CAST(DATE_PART(year, d.midnight) AS INTEGER),
    CAST(DATE_PART(quarter, d.midnight) AS INTEGER),
    CAST(DATE_PART(month, d.midnight) AS INTEGER),
    d.month_start,
    CAST(DATE_PART(day, d.midnight) AS INTEGER),
    CAST(MOD(DATEDIFF(day, CAST('0001-01-01' AS TIMESTAMP), d.midnight), 7) AS INTEGER) + 1,
    CAST(DATEDIFF(day, DATE_TRUNC('year', d.midnight), d.midnight) AS INTEGER) + 1,
    CAST(DATE_PART(week, d.midnight) AS INTEGER),
    MOD(DATEDIFF(day, CAST('0001-01-01' AS TIMESTAMP), d.midnight), 7) >= 5
FROM (
    SELECT m.month_start, DATEADD(day, 10 * tens.n + ones.n, CAST(m.month_start AS TIMESTAMP)) AS midnight
    FROM build_month m
    CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) tens
    CROSS JOIN (
        SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
        UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
    ) ones
) d
WHERE DATE_TRUNC('month', d.midnight) = CAST(d.month_start AS TIMESTAMP);

-- Great-circle distance by the haversine formula on a sphere of 6371.0088 km, the mean radius of the Earth.
INSERT INTO gold.dim_route (origin, destination, origin_airport_key, destination_airport_key, distance_km)
SELECT
    p.origin,
    p.destination,
    COALESCE(o.airport_key, -1),
    COALESCE(d.airport_key, -1),
    CAST(ROUND(CAST(2 * 6371.0088 * ASIN(SQRT(
        POWER(SIN(RADIANS(d.latitude - o.latitude) / 2), 2)
        + COS(RADIANS(o.latitude)) * COS(RADIANS(d.latitude)) * POWER(SIN(RADIANS(d.longitude - o.longitude) / 2), 2)
    )) AS DECIMAL(18,6)), 1) AS DECIMAL(8,1))
FROM (
    SELECT DISTINCT l.origin, s.destination
    FROM build_leg l
    JOIN build_state s ON s.leg_number = l.leg_number
) p
LEFT JOIN gold.dim_route r ON r.origin = p.origin AND r.destination = p.destination
LEFT JOIN gold.dim_airport o ON o.airport = p.origin
LEFT JOIN gold.dim_airport d ON d.airport = p.destination
WHERE r.origin IS NULL;

-- The date dimension has every day of each month that it has.
SELECT
    CAST(d.month_start AS VARCHAR(10)) AS row_key,
    CAST(COUNT(*) AS VARCHAR(20)) || ' days' AS detail
FROM gold.dim_date d
WHERE d.month_start IS NOT NULL
GROUP BY d.month_start
HAVING COUNT(*) <> DATEDIFF(day, CAST(d.month_start AS TIMESTAMP), DATEADD(month, 1, CAST(d.month_start AS TIMESTAMP)))

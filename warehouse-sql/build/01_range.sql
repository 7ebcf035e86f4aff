-- What this build takes: the oldest loads since the last build, until they have 250,000 rows; the next build takes the rest. So a backlog is worked
-- off in transactions of a bounded size. Builds take turns; the lock comes first, before the snapshot.

LOCK TABLE ops.build_lock;

-- Temporary tables and facts are analyzed in the middle of a build: a fifth of the usual sample serves the planner as well.
--postgres:SET LOCAL default_statistics_target TO 20;

-- What a build looks up came lately and lies in memory; what it would scan instead is the history.
--postgres:SET LOCAL random_page_cost TO 0.2;

CREATE TEMP TABLE build_last AS
SELECT COALESCE(MAX(g.build_number), 0) AS build_number, COALESCE(MAX(g.to_load), 0) AS to_load
FROM (SELECT build_number, to_load FROM ops.gold_build ORDER BY to_load DESC, build_number DESC LIMIT 1) g;

-- Both ends of the range are given, so that PostgreSQL reads the journal by its index, however long it is.
CREATE TEMP TABLE build_range AS
SELECT
    p.build_number + 1 AS build_number,
    p.to_load AS from_load,
    COALESCE(MAX(CASE WHEN n.rows_before < 250000 THEN n.load_number END), p.to_load) AS to_load,
    COALESCE(MAX(n.load_number), p.to_load) AS newest_load,
    FALSE AS is_full,
    FALSE AS is_retry
FROM build_last p
LEFT JOIN (
    SELECT w.load_number,
        SUM(w.load_rows) OVER (ORDER BY w.load_number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - w.load_rows AS rows_before
    FROM (
        SELECT b.load_number, SUM(b.flight_rows + b.baggage_rows + b.security_rows + b.ground_rows) AS load_rows
        FROM ops.load_batch b
        WHERE b.load_number > (SELECT to_load FROM build_last)
            AND b.load_number <= (SELECT MAX(load_number) FROM ops.load_batch)
        GROUP BY b.load_number
    ) w
) n ON n.load_number > p.to_load
GROUP BY p.build_number, p.to_load;

--postgres:ANALYZE build_range;

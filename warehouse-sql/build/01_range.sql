-- What this build takes: the loads since the last one. Builds take turns; the lock comes first, before the snapshot.

LOCK TABLE ops.build_lock;

CREATE TEMP TABLE build_range AS
SELECT b.build_number, b.from_load, l.to_load, FALSE AS is_full
FROM (SELECT COALESCE(MAX(build_number), 0) + 1 AS build_number, COALESCE(MAX(to_load), 0) AS from_load FROM ops.gold_build) b
CROSS JOIN (SELECT COALESCE(MAX(load_number), 0) AS to_load FROM ops.load_batch) l;

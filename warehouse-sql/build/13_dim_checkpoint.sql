-- Checkpoints that new readings name, with the latest terminal; of readings at one time the greatest counts.

CREATE TEMP TABLE build_checkpoint AS
SELECT r.airport, r.checkpoint,
    MAX(CASE WHEN r.choice = 1 THEN r.terminal END) AS terminal,
    MAX(CASE WHEN r.choice = 1 AND r.terminal IS NOT NULL THEN r.event_time END) AS terminal_told_at
FROM (
    SELECT s.airport, s.checkpoint, s.terminal, s.event_time,
        ROW_NUMBER() OVER (
            PARTITION BY s.airport, s.checkpoint
            ORDER BY CASE WHEN s.terminal IS NULL THEN 1 ELSE 0 END, s.event_time DESC, s.terminal DESC
        ) AS choice
    FROM (
        SELECT DISTINCT e.airport, e.checkpoint, e.terminal, e.event_time
        FROM staging.security_event e
        JOIN build_batch b ON e.batch_id = b.batch_id
        LEFT JOIN build_aside x ON x.entity = 'security_event' AND x.event_id = e.event_id
        WHERE x.event_id IS NULL
    ) s
) r
GROUP BY r.airport, r.checkpoint;

-- What an earlier build found stays unless the new batches tell something later.
CREATE TEMP TABLE new_dim_checkpoint AS
SELECT
    COALESCE(c.checkpoint_key, 0) AS checkpoint_key,
    n.airport,
    n.checkpoint,
    COALESCE(a.airport_key, -1) AS airport_key,
    CASE WHEN n.is_later = 1 THEN n.terminal ELSE c.terminal END AS terminal,
    CASE WHEN n.is_later = 1 THEN n.terminal_told_at ELSE c.terminal_told_at END AS terminal_told_at
FROM (
    SELECT b.*,
        CASE
            WHEN r.is_full = TRUE OR o.terminal_told_at IS NULL OR b.terminal_told_at > o.terminal_told_at
                OR (b.terminal_told_at = o.terminal_told_at AND b.terminal > o.terminal)
            THEN 1 ELSE 0
        END AS is_later
    FROM build_checkpoint b
    CROSS JOIN build_range r
    LEFT JOIN gold.dim_checkpoint o ON o.airport = b.airport AND o.checkpoint = b.checkpoint
) n
LEFT JOIN gold.dim_checkpoint c ON c.airport = n.airport AND c.checkpoint = n.checkpoint
LEFT JOIN gold.dim_airport a ON a.airport = n.airport;

CREATE TEMP TABLE old_dim_checkpoint AS
SELECT checkpoint_key
FROM new_dim_checkpoint;

-- Keys that builds leave out: after a fix, 'gold retry' takes them up again.
SELECT
    k.entity || ' ' || k.row_key AS row_key,
    CAST(k.events AS VARCHAR(20)) || ' events, ' || k.step || ': ' || k.message AS detail
FROM ops.key_set_aside k

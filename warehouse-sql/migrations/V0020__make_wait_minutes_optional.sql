-- A reading may tell the queue or the people screened and no wait. Redshift takes NOT NULL from no column, so another one takes its place.

DROP VIEW IF EXISTS bi.security_waits_hourly;

ALTER TABLE staging.security_event ADD COLUMN optional_wait DOUBLE PRECISION;
UPDATE staging.security_event SET optional_wait = wait_minutes;
ALTER TABLE staging.security_event DROP COLUMN wait_minutes;
ALTER TABLE staging.security_event RENAME COLUMN optional_wait TO wait_minutes;

ALTER TABLE gold.fact_security_wait ADD COLUMN optional_wait DOUBLE PRECISION ENCODE zstd;
UPDATE gold.fact_security_wait SET optional_wait = wait_minutes;
ALTER TABLE gold.fact_security_wait DROP COLUMN wait_minutes;
ALTER TABLE gold.fact_security_wait RENAME COLUMN optional_wait TO wait_minutes;

COMMENT ON COLUMN staging.security_event.wait_minutes IS 'Waiting time in minutes; null where only the queue or the people screened are told';
COMMENT ON COLUMN gold.fact_security_wait.wait_minutes IS 'Waiting time in minutes; null where only the queue or the people screened are told';

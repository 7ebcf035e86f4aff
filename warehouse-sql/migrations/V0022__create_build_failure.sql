-- Keys that make a step of the build fail, set aside with their events so that the rest is built.

CREATE TABLE ops.build_failure (
    entity VARCHAR(16) NOT NULL,
    row_key VARCHAR(256) NOT NULL,
    event_id VARCHAR(64) NOT NULL,
    batch_id VARCHAR(1024) NOT NULL,
    step VARCHAR(128) NOT NULL,
    sql_state VARCHAR(5),
    message VARCHAR(1024) NOT NULL,
    build_number BIGINT NOT NULL,
    failed_at TIMESTAMP NOT NULL
) DISTSTYLE ALL SORTKEY(entity, event_id);

COMMENT ON TABLE ops.build_failure IS 'Events that builds leave out because their key made a step fail, a row an event; gold retry takes them up again';
COMMENT ON COLUMN ops.build_failure.entity IS 'Staging table of the event: flight_event, baggage_event, security_event or ground_event';
COMMENT ON COLUMN ops.build_failure.row_key IS 'What failed: a leg as AA100 2026-03-01 JFK, a bag tag, the event_id of a reading, or airport, service and whose';
COMMENT ON COLUMN ops.build_failure.event_id IS 'An event of that key';
COMMENT ON COLUMN ops.build_failure.batch_id IS 'Batch that loaded the event, ops.load_batch';
COMMENT ON COLUMN ops.build_failure.step IS 'Step that failed: a script of warehouse-sql/build, or the swap of a table';
COMMENT ON COLUMN ops.build_failure.sql_state IS 'SQLSTATE of the error; null where the warehouse tells none';
COMMENT ON COLUMN ops.build_failure.message IS 'What the warehouse said';
COMMENT ON COLUMN ops.build_failure.build_number IS 'Build that set the event aside, ops.gold_build';
COMMENT ON COLUMN ops.build_failure.failed_at IS 'When, UTC';

CREATE VIEW ops.key_set_aside AS
SELECT entity, row_key, MAX(step) AS step, MAX(sql_state) AS sql_state, MAX(message) AS message, COUNT(*) AS events,
    MIN(build_number) AS build_number, MIN(failed_at) AS failed_at
FROM ops.build_failure
GROUP BY entity, row_key;

COMMENT ON VIEW ops.key_set_aside IS 'Keys that builds leave out, a row a key';
COMMENT ON COLUMN ops.key_set_aside.entity IS 'Staging table of its events';
COMMENT ON COLUMN ops.key_set_aside.row_key IS 'What failed, as in ops.build_failure';
COMMENT ON COLUMN ops.key_set_aside.step IS 'Step that failed';
COMMENT ON COLUMN ops.key_set_aside.sql_state IS 'SQLSTATE of the error';
COMMENT ON COLUMN ops.key_set_aside.message IS 'What the warehouse said';
COMMENT ON COLUMN ops.key_set_aside.events IS 'Events set aside with it';
COMMENT ON COLUMN ops.key_set_aside.build_number IS 'First build that left it out';
COMMENT ON COLUMN ops.key_set_aside.failed_at IS 'When that was, UTC';

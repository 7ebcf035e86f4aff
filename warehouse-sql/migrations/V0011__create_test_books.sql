-- What data tests found.

CREATE TABLE ops.test_run (
    run_id VARCHAR(36) NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    passed INTEGER NOT NULL,
    warned INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    PRIMARY KEY (run_id)
) DISTSTYLE ALL SORTKEY(started_at);

COMMENT ON TABLE ops.test_run IS 'Runs of the data tests';
COMMENT ON COLUMN ops.test_run.run_id IS 'Id of the run, a UUID that sorts by time';
COMMENT ON COLUMN ops.test_run.started_at IS 'When it started, UTC';
COMMENT ON COLUMN ops.test_run.finished_at IS 'When it ended, UTC';
COMMENT ON COLUMN ops.test_run.passed IS 'Tests without a failing row';
COMMENT ON COLUMN ops.test_run.warned IS 'Tests with failing rows that only warn';
COMMENT ON COLUMN ops.test_run.failed IS 'Tests with failing rows';
COMMENT ON COLUMN ops.test_run.skipped IS 'Tests that could not be run';

CREATE TABLE ops.test_failure (
    run_id VARCHAR(36) NOT NULL,
    test_name VARCHAR(512) NOT NULL,
    severity VARCHAR(8) NOT NULL,
    failures BIGINT NOT NULL,
    row_number INTEGER NOT NULL,
    row_key VARCHAR(2048) NOT NULL,
    detail VARCHAR(2048) NOT NULL
) DISTSTYLE AUTO SORTKEY(run_id, test_name);

COMMENT ON TABLE ops.test_failure IS 'Rows that failed a data test, the first 100 of each test by key';
COMMENT ON COLUMN ops.test_failure.run_id IS 'Run that found it, ops.test_run';
COMMENT ON COLUMN ops.test_failure.test_name IS 'Table, column if any, and kind of the test, with dots between';
COMMENT ON COLUMN ops.test_failure.severity IS 'warn or error';
COMMENT ON COLUMN ops.test_failure.failures IS 'How many rows failed the test in all';
COMMENT ON COLUMN ops.test_failure.row_number IS 'Number of the row among them, from 1';
COMMENT ON COLUMN ops.test_failure.row_key IS 'Natural key of the failing row';
COMMENT ON COLUMN ops.test_failure.detail IS 'What is wrong with it';

-- The pipeline's own books: what was loaded, what was built from it, what changed by that.

CREATE TABLE ops.load_batch (
    batch_id VARCHAR(1024) NOT NULL,
    load_number BIGINT NOT NULL,
    stream VARCHAR(255) NOT NULL,
    shard VARCHAR(1024) NOT NULL,
    ordinal BIGINT NOT NULL,
    first_sequence VARCHAR(129) NOT NULL,
    last_sequence VARCHAR(129) NOT NULL,
    watermark TIMESTAMP,
    flight_rows BIGINT NOT NULL,
    baggage_rows BIGINT NOT NULL,
    security_rows BIGINT NOT NULL,
    ground_rows BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (batch_id)
) DISTSTYLE ALL SORTKEY(load_number);
--postgres:CREATE INDEX load_batch_shard ON ops.load_batch (stream, shard, ordinal);

COMMENT ON TABLE ops.load_batch IS 'Windows whose rows are in staging; a row is written in the transaction that loads them';
COMMENT ON COLUMN ops.load_batch.batch_id IS 'STREAM/SHARD/ORDINAL';
COMMENT ON COLUMN ops.load_batch.load_number IS 'Number of the load that brought it, ascending in the order of commits';
COMMENT ON COLUMN ops.load_batch.stream IS 'Stream';
COMMENT ON COLUMN ops.load_batch.shard IS 'Shard of the stream';
COMMENT ON COLUMN ops.load_batch.ordinal IS 'Number of the window in its shard, from 1';
COMMENT ON COLUMN ops.load_batch.first_sequence IS 'Sequence number of its first record';
COMMENT ON COLUMN ops.load_batch.last_sequence IS 'Sequence number of its last record';
COMMENT ON COLUMN ops.load_batch.watermark IS 'Greatest event_time among its rows, UTC; null when it has none';
COMMENT ON COLUMN ops.load_batch.flight_rows IS 'Rows loaded into staging.flight_event';
COMMENT ON COLUMN ops.load_batch.baggage_rows IS 'Rows loaded into staging.baggage_event';
COMMENT ON COLUMN ops.load_batch.security_rows IS 'Rows loaded into staging.security_event';
COMMENT ON COLUMN ops.load_batch.ground_rows IS 'Rows loaded into staging.ground_event';
COMMENT ON COLUMN ops.load_batch.duplicates IS 'Rows not loaded because staging had their event_id';
COMMENT ON COLUMN ops.load_batch.loaded_at IS 'When it was loaded, UTC';

CREATE TABLE ops.load_outcome (
    batch_id VARCHAR(1024) NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    reason VARCHAR(64) NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (batch_id, outcome, reason)
) DISTSTYLE ALL SORTKEY(batch_id);

COMMENT ON TABLE ops.load_outcome IS 'What the cleaner made of a window''s events besides rows; written with its row in ops.load_batch';
COMMENT ON COLUMN ops.load_outcome.batch_id IS 'Window, ops.load_batch';
COMMENT ON COLUMN ops.load_outcome.outcome IS 'duplicate, refused or repaired';
COMMENT ON COLUMN ops.load_outcome.reason IS 'Of a refusal its reason, of a repair its id, of a duplicate: seen before';
COMMENT ON COLUMN ops.load_outcome.events IS 'How many; a row counts once for each repair it took';

CREATE TABLE ops.gold_build (
    build_number BIGINT NOT NULL,
    from_load BIGINT NOT NULL,
    to_load BIGINT NOT NULL,
    is_full BOOLEAN NOT NULL,
    batches BIGINT NOT NULL,
    legs BIGINT NOT NULL,
    inserted BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    complete_until TIMESTAMP,
    built_at TIMESTAMP NOT NULL,
    PRIMARY KEY (build_number)
) DISTSTYLE ALL SORTKEY(to_load);

COMMENT ON TABLE ops.gold_build IS 'Builds of the star schema that had something to do';
COMMENT ON COLUMN ops.gold_build.build_number IS 'Number of the build, from 1';
COMMENT ON COLUMN ops.gold_build.from_load IS 'It took loads after this load_number';
COMMENT ON COLUMN ops.gold_build.to_load IS 'Up to this one';
COMMENT ON COLUMN ops.gold_build.is_full IS 'Whether everything was recomputed: it then took all loads again';
COMMENT ON COLUMN ops.gold_build.batches IS 'Windows it took';
COMMENT ON COLUMN ops.gold_build.legs IS 'Flight legs they touched';
COMMENT ON COLUMN ops.gold_build.inserted IS 'Legs new in gold.fact_flight';
COMMENT ON COLUMN ops.gold_build.changed IS 'Legs whose row changed';
COMMENT ON COLUMN ops.gold_build.complete_until IS 'Event time up to which every shard had been loaded, UTC';
COMMENT ON COLUMN ops.gold_build.built_at IS 'When it ran, UTC';

CREATE TABLE ops.gold_build_table (
    build_number BIGINT NOT NULL,
    table_name VARCHAR(128) NOT NULL,
    inserted BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    PRIMARY KEY (build_number, table_name)
) DISTSTYLE ALL SORTKEY(build_number);

COMMENT ON TABLE ops.gold_build_table IS 'What a build did to each table of the star schema';
COMMENT ON COLUMN ops.gold_build_table.build_number IS 'Build, ops.gold_build';
COMMENT ON COLUMN ops.gold_build_table.table_name IS 'Table';
COMMENT ON COLUMN ops.gold_build_table.inserted IS 'Rows that are new';
COMMENT ON COLUMN ops.gold_build_table.changed IS 'Rows of which a value changed';
COMMENT ON COLUMN ops.gold_build_table.removed IS 'Rows that the events no longer make';

CREATE TABLE ops.restatement (
    build_number BIGINT NOT NULL,
    table_name VARCHAR(128) NOT NULL,
    row_key VARCHAR(256) NOT NULL,
    column_name VARCHAR(128) NOT NULL,
    old_value VARCHAR(256),
    new_value VARCHAR(256),
    restated_at TIMESTAMP NOT NULL
) SORTKEY(restated_at);

COMMENT ON TABLE ops.restatement IS 'Values of the star schema that a build changed';
COMMENT ON COLUMN ops.restatement.build_number IS 'Build that changed it';
COMMENT ON COLUMN ops.restatement.table_name IS 'Table';
COMMENT ON COLUMN ops.restatement.row_key IS 'Natural key of the row, for a leg: AA100 2026-03-01 JFK';
COMMENT ON COLUMN ops.restatement.column_name IS 'Column; * where the whole row is gone';
COMMENT ON COLUMN ops.restatement.old_value IS 'Value before, as text, its first 256 bytes';
COMMENT ON COLUMN ops.restatement.new_value IS 'Value after, as text, its first 256 bytes';
COMMENT ON COLUMN ops.restatement.restated_at IS 'When, UTC';

CREATE TABLE ops.reference_load (
    reference_version VARCHAR(64) NOT NULL,
    loaded_at TIMESTAMP NOT NULL
) DISTSTYLE ALL;

COMMENT ON TABLE ops.reference_load IS 'Reference tables that the dimensions were filled from';
COMMENT ON COLUMN ops.reference_load.reference_version IS 'Version of the reference tables';
COMMENT ON COLUMN ops.reference_load.loaded_at IS 'When, UTC';

-- Builds take turns by locking this table, which nobody reads: a lock on a table that people read would hold them up.
CREATE TABLE ops.build_lock (
    is_held BOOLEAN
) DISTSTYLE ALL;

COMMENT ON TABLE ops.build_lock IS 'Always empty; builds of the star schema lock it';
COMMENT ON COLUMN ops.build_lock.is_held IS 'Never filled';

CREATE TABLE ops.shard_progress (
    stream VARCHAR(255) NOT NULL,
    shard VARCHAR(1024) NOT NULL,
    watermark TIMESTAMP NOT NULL,
    PRIMARY KEY (stream, shard)
) DISTSTYLE ALL;

COMMENT ON TABLE ops.shard_progress IS 'How far builds have come in each shard';
COMMENT ON COLUMN ops.shard_progress.stream IS 'Stream';
COMMENT ON COLUMN ops.shard_progress.shard IS 'Shard of the stream';
COMMENT ON COLUMN ops.shard_progress.watermark IS 'Greatest event_time built, UTC';

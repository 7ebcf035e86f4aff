-- Who may do what. Groups, so that people and programs come and go: CREATE USER … IN GROUP airportops_load.
-- Groups belong to the whole cluster, so they may be there already; one that is missing needs a migrating user who may create it.

CREATE OR REPLACE PROCEDURE ops.create_group(group_name VARCHAR(128)) AS $$
DECLARE
    present BIGINT;
BEGIN
    SELECT COUNT(*) INTO present FROM pg_group WHERE groname = group_name;
    IF present = 0 THEN
        EXECUTE 'CREATE GROUP ' || quote_ident(group_name);
    END IF;
END;
$$ LANGUAGE plpgsql;

CALL ops.create_group('airportops_load');
CALL ops.create_group('airportops_build');
CALL ops.create_group('bi_reader');
CALL ops.create_group('airportops_read');
DROP PROCEDURE ops.create_group(VARCHAR(128));

-- What an earlier version of this script granted goes first, so that what stands here is all there is.
REVOKE ALL ON ALL TABLES IN SCHEMA staging FROM GROUP airportops_load;
REVOKE ALL ON ALL TABLES IN SCHEMA staging FROM GROUP airportops_build;
REVOKE ALL ON ALL TABLES IN SCHEMA staging FROM GROUP bi_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA staging FROM GROUP airportops_read;
REVOKE ALL ON ALL TABLES IN SCHEMA gold FROM GROUP airportops_load;
REVOKE ALL ON ALL TABLES IN SCHEMA gold FROM GROUP airportops_build;
REVOKE ALL ON ALL TABLES IN SCHEMA gold FROM GROUP bi_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA gold FROM GROUP airportops_read;
REVOKE ALL ON ALL TABLES IN SCHEMA bi FROM GROUP airportops_load;
REVOKE ALL ON ALL TABLES IN SCHEMA bi FROM GROUP airportops_build;
REVOKE ALL ON ALL TABLES IN SCHEMA bi FROM GROUP bi_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA bi FROM GROUP airportops_read;
REVOKE ALL ON ALL TABLES IN SCHEMA ops FROM GROUP airportops_load;
REVOKE ALL ON ALL TABLES IN SCHEMA ops FROM GROUP airportops_build;
REVOKE ALL ON ALL TABLES IN SCHEMA ops FROM GROUP bi_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA ops FROM GROUP airportops_read;

-- Default privileges reach what this user creates later, views that are dropped and made anew above all.

-- The loader adds to staging and to its journal; it can neither change nor remove what is there.
-- DELETE on an empty table is the least right by which PostgreSQL lets it be locked.
GRANT USAGE ON SCHEMA staging TO GROUP airportops_load;
GRANT USAGE ON SCHEMA ops TO GROUP airportops_load;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA staging TO GROUP airportops_load;
ALTER DEFAULT PRIVILEGES IN SCHEMA staging GRANT SELECT, INSERT ON TABLES TO GROUP airportops_load;
GRANT SELECT, INSERT ON ops.load_batch TO GROUP airportops_load;
GRANT INSERT ON ops.load_outcome TO GROUP airportops_load;
GRANT SELECT, DELETE ON ops.load_lock TO GROUP airportops_load;
GRANT SELECT, INSERT, UPDATE ON ops.shard_note TO GROUP airportops_load;
GRANT SELECT, INSERT ON ops.shard_child TO GROUP airportops_load;

-- The build reads what was loaded, writes the star schema and its own books. The data tests run under it too.
GRANT USAGE ON SCHEMA staging TO GROUP airportops_build;
GRANT USAGE ON SCHEMA gold TO GROUP airportops_build;
GRANT USAGE ON SCHEMA bi TO GROUP airportops_build;
GRANT USAGE ON SCHEMA ops TO GROUP airportops_build;
GRANT SELECT ON ALL TABLES IN SCHEMA staging TO GROUP airportops_build;
ALTER DEFAULT PRIVILEGES IN SCHEMA staging GRANT SELECT ON TABLES TO GROUP airportops_build;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA gold TO GROUP airportops_build;
ALTER DEFAULT PRIVILEGES IN SCHEMA gold GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO GROUP airportops_build;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO GROUP airportops_build;
ALTER DEFAULT PRIVILEGES IN SCHEMA bi GRANT SELECT ON TABLES TO GROUP airportops_build;
GRANT SELECT ON ops.load_batch TO GROUP airportops_build;
GRANT SELECT, INSERT ON ops.gold_build TO GROUP airportops_build;
GRANT SELECT, INSERT ON ops.gold_build_table TO GROUP airportops_build;
GRANT SELECT, INSERT ON ops.restatement TO GROUP airportops_build;
GRANT SELECT, INSERT, DELETE ON ops.build_failure TO GROUP airportops_build;
GRANT SELECT ON ops.key_set_aside TO GROUP airportops_build;
GRANT SELECT, INSERT, UPDATE ON ops.shard_built TO GROUP airportops_build;
GRANT SELECT ON ops.shard_note TO GROUP airportops_build;
GRANT SELECT ON ops.shard_child TO GROUP airportops_build;
GRANT SELECT ON ops.shard_reach TO GROUP airportops_build;
GRANT SELECT ON ops.completeness TO GROUP airportops_build;
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.reference_load TO GROUP airportops_build;
GRANT SELECT, DELETE ON ops.build_lock TO GROUP airportops_build;
GRANT SELECT, INSERT ON ops.test_run TO GROUP airportops_build;
GRANT SELECT, INSERT ON ops.test_failure TO GROUP airportops_build;

-- Both look at the journal of migrations before they start, to see that the warehouse fits the program.
GRANT SELECT ON ops.migration TO GROUP airportops_load;
GRANT SELECT ON ops.migration TO GROUP airportops_build;
GRANT SELECT ON public.schemaversions TO GROUP airportops_load;
GRANT SELECT ON public.schemaversions TO GROUP airportops_build;

-- People read the views and the star schema under them, which the contract names. Not staging, whose extras and sources are as they came from
-- outside; not the books: what of them is of use, bi.data_quality_daily and bi.live_flights show with their owner's rights.
GRANT USAGE ON SCHEMA bi TO GROUP bi_reader;
GRANT USAGE ON SCHEMA gold TO GROUP bi_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO GROUP bi_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA bi GRANT SELECT ON TABLES TO GROUP bi_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA gold TO GROUP bi_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA gold GRANT SELECT ON TABLES TO GROUP bi_reader;

-- The command line's sql, and operators: all that the pipeline writes, and the journal of migrations.
GRANT USAGE ON SCHEMA staging TO GROUP airportops_read;
GRANT SELECT ON ALL TABLES IN SCHEMA staging TO GROUP airportops_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA staging GRANT SELECT ON TABLES TO GROUP airportops_read;
GRANT USAGE ON SCHEMA gold TO GROUP airportops_read;
GRANT SELECT ON ALL TABLES IN SCHEMA gold TO GROUP airportops_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA gold GRANT SELECT ON TABLES TO GROUP airportops_read;
GRANT USAGE ON SCHEMA bi TO GROUP airportops_read;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO GROUP airportops_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA bi GRANT SELECT ON TABLES TO GROUP airportops_read;
GRANT USAGE ON SCHEMA ops TO GROUP airportops_read;
GRANT SELECT ON ALL TABLES IN SCHEMA ops TO GROUP airportops_read;
ALTER DEFAULT PRIVILEGES IN SCHEMA ops GRANT SELECT ON TABLES TO GROUP airportops_read;
GRANT SELECT ON public.schemaversions TO GROUP airportops_read;

--postgres:GRANT USAGE ON SCHEMA shims TO GROUP airportops_load;
--postgres:GRANT USAGE ON SCHEMA shims TO GROUP airportops_build;
--postgres:GRANT USAGE ON SCHEMA shims TO GROUP bi_reader;
--postgres:GRANT USAGE ON SCHEMA shims TO GROUP airportops_read;

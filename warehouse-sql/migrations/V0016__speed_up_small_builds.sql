-- Indexes that keep the cost of a small build apart from the length of the history. PostgreSQL's only: Redshift prunes by its sort keys.

--postgres:CREATE INDEX fact_ground_service_flight ON gold.fact_ground_service (work_date, airline, flight_number);
--postgres:CREATE INDEX gold_build_complete ON ops.gold_build (complete_until);

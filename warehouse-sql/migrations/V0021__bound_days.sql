-- What a date that nobody meant does: it has no day, so that a thousand of them don't fill the table with a thousand months.

COMMENT ON TABLE gold.dim_date IS 'Days of 1998 to 2099, whole months of those that occur; facts of other days have key -1';
COMMENT ON COLUMN gold.dim_date.date_key IS 'Key, YYYYMMDD; -1 for a day outside these years';
COMMENT ON COLUMN gold.fact_flight.load_factor IS 'Passengers by seats; null where either is outside 0 to 1000 or there are no seats';
COMMENT ON COLUMN gold.fact_baggage.weight_kg IS 'Weight in kilograms as the latest scan told it; null where that is outside 0 to 200';
COMMENT ON COLUMN gold.fact_security_wait.wait_minutes IS 'Waiting time in minutes; null where only the queue or the people screened are told, or it is outside 0 to 600';

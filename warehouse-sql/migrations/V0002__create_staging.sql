-- Silver as it was loaded: its columns in its order, then the batch. New columns go behind batch_id.
-- batch_id is nullable because a landing table made LIKE one of these is filled from files that don't hold it.

CREATE TABLE staging.flight_event (
    event_id VARCHAR(64) NOT NULL,
    event_time TIMESTAMP NOT NULL,
    arrived TIMESTAMP NOT NULL,
    source VARCHAR(64),
    airport VARCHAR(3) NOT NULL,
    airline VARCHAR(2) NOT NULL,
    flight_number INTEGER NOT NULL,
    flight_suffix VARCHAR(1),
    flight_date DATE NOT NULL,
    origin VARCHAR(3) NOT NULL,
    destination VARCHAR(3) NOT NULL,
    tail_number VARCHAR(64),
    aircraft_type VARCHAR(64),
    status VARCHAR(16) NOT NULL,
    scheduled_departure TIMESTAMP,
    estimated_departure TIMESTAMP,
    actual_departure TIMESTAMP,
    scheduled_arrival TIMESTAMP,
    estimated_arrival TIMESTAMP,
    actual_arrival TIMESTAMP,
    terminal VARCHAR(64),
    gate VARCHAR(64),
    delay_minutes INTEGER,
    delay_cause VARCHAR(16),
    cancellation_cause VARCHAR(16),
    carrier_minutes INTEGER,
    weather_minutes INTEGER,
    nas_minutes INTEGER,
    security_minutes INTEGER,
    late_aircraft_minutes INTEGER,
    passengers INTEGER,
    seats INTEGER,
    extras VARCHAR(65535),
    repairs VARCHAR(4096),
    shard VARCHAR(1024) NOT NULL,
    sequence VARCHAR(129) NOT NULL,
    batch_id VARCHAR(1024)
) DISTSTYLE KEY DISTKEY(event_id) SORTKEY(flight_date, airline, flight_number, origin);
--postgres:CREATE INDEX flight_event_batch ON staging.flight_event (batch_id);
--postgres:CREATE INDEX flight_event_tail ON staging.flight_event (tail_number);

COMMENT ON TABLE staging.flight_event IS 'Clean flight events as Silver has them, a row an event';
COMMENT ON COLUMN staging.flight_event.event_id IS 'Id of the event, unique in the table';
COMMENT ON COLUMN staging.flight_event.event_time IS 'When it happened, UTC';
COMMENT ON COLUMN staging.flight_event.arrived IS 'When the record arrived on the stream, UTC';
COMMENT ON COLUMN staging.flight_event.source IS 'System that sent it';
COMMENT ON COLUMN staging.flight_event.airport IS 'IATA code of the airport that it is about';
COMMENT ON COLUMN staging.flight_event.airline IS 'IATA code of the airline';
COMMENT ON COLUMN staging.flight_event.flight_number IS 'Flight number, 1 to 9999';
COMMENT ON COLUMN staging.flight_event.flight_suffix IS 'Operational suffix, a letter; null for none';
COMMENT ON COLUMN staging.flight_event.flight_date IS 'Date of the flight, local at the origin';
COMMENT ON COLUMN staging.flight_event.origin IS 'IATA code of the origin';
COMMENT ON COLUMN staging.flight_event.destination IS 'IATA code of the destination';
COMMENT ON COLUMN staging.flight_event.tail_number IS 'Registration of the aircraft';
COMMENT ON COLUMN staging.flight_event.aircraft_type IS 'Type code of the aircraft';
COMMENT ON COLUMN staging.flight_event.status IS 'scheduled, boarding, delayed, departed, arrived, cancelled or diverted';
COMMENT ON COLUMN staging.flight_event.scheduled_departure IS 'Scheduled departure, UTC';
COMMENT ON COLUMN staging.flight_event.estimated_departure IS 'Estimated departure, UTC';
COMMENT ON COLUMN staging.flight_event.actual_departure IS 'Actual departure, UTC';
COMMENT ON COLUMN staging.flight_event.scheduled_arrival IS 'Scheduled arrival, UTC';
COMMENT ON COLUMN staging.flight_event.estimated_arrival IS 'Estimated arrival, UTC';
COMMENT ON COLUMN staging.flight_event.actual_arrival IS 'Actual arrival, UTC';
COMMENT ON COLUMN staging.flight_event.terminal IS 'Terminal of departure';
COMMENT ON COLUMN staging.flight_event.gate IS 'Gate of departure';
COMMENT ON COLUMN staging.flight_event.delay_minutes IS 'Departure delay as the source states it, minutes';
COMMENT ON COLUMN staging.flight_event.delay_cause IS 'carrier, weather, nas, security or late_aircraft';
COMMENT ON COLUMN staging.flight_event.cancellation_cause IS 'The same for a cancellation';
COMMENT ON COLUMN staging.flight_event.carrier_minutes IS 'Minutes of arrival delay by cause carrier';
COMMENT ON COLUMN staging.flight_event.weather_minutes IS 'Minutes of arrival delay by cause weather';
COMMENT ON COLUMN staging.flight_event.nas_minutes IS 'Minutes of arrival delay by cause nas';
COMMENT ON COLUMN staging.flight_event.security_minutes IS 'Minutes of arrival delay by cause security';
COMMENT ON COLUMN staging.flight_event.late_aircraft_minutes IS 'Minutes of arrival delay by cause late_aircraft';
COMMENT ON COLUMN staging.flight_event.passengers IS 'Passengers on board';
COMMENT ON COLUMN staging.flight_event.seats IS 'Seats of the aircraft';
COMMENT ON COLUMN staging.flight_event.extras IS 'Unknown keys as a JSON object';
COMMENT ON COLUMN staging.flight_event.repairs IS 'Repairs it took, sorted, comma-separated; null for none';
COMMENT ON COLUMN staging.flight_event.shard IS 'Shard of the stream, or name of the file';
COMMENT ON COLUMN staging.flight_event.sequence IS 'Place in the shard, decimal digits';
COMMENT ON COLUMN staging.flight_event.batch_id IS 'Window it came with, ops.load_batch';

CREATE TABLE staging.baggage_event (
    event_id VARCHAR(64) NOT NULL,
    event_time TIMESTAMP NOT NULL,
    arrived TIMESTAMP NOT NULL,
    source VARCHAR(64),
    airport VARCHAR(3) NOT NULL,
    airline VARCHAR(2),
    flight_number INTEGER,
    flight_suffix VARCHAR(1),
    flight_date DATE,
    bag_tag VARCHAR(10) NOT NULL,
    scan_point VARCHAR(16) NOT NULL,
    weight_kg DOUBLE PRECISION,
    extras VARCHAR(65535),
    repairs VARCHAR(4096),
    shard VARCHAR(1024) NOT NULL,
    sequence VARCHAR(129) NOT NULL,
    batch_id VARCHAR(1024)
) DISTSTYLE KEY DISTKEY(event_id) SORTKEY(bag_tag, event_time);
--postgres:CREATE INDEX baggage_event_batch ON staging.baggage_event (batch_id);

COMMENT ON TABLE staging.baggage_event IS 'Clean baggage events as Silver has them, a row an event';
COMMENT ON COLUMN staging.baggage_event.event_id IS 'Id of the event, unique in the table';
COMMENT ON COLUMN staging.baggage_event.event_time IS 'When it happened, UTC';
COMMENT ON COLUMN staging.baggage_event.arrived IS 'When the record arrived on the stream, UTC';
COMMENT ON COLUMN staging.baggage_event.source IS 'System that sent it';
COMMENT ON COLUMN staging.baggage_event.airport IS 'IATA code of the airport that it is about';
COMMENT ON COLUMN staging.baggage_event.airline IS 'IATA code of the airline';
COMMENT ON COLUMN staging.baggage_event.flight_number IS 'Flight number, 1 to 9999';
COMMENT ON COLUMN staging.baggage_event.flight_suffix IS 'Operational suffix, a letter; null for none';
COMMENT ON COLUMN staging.baggage_event.flight_date IS 'Date of the flight, local at the origin';
COMMENT ON COLUMN staging.baggage_event.bag_tag IS 'Tag of the bag, ten digits';
COMMENT ON COLUMN staging.baggage_event.scan_point IS 'checkin, sorter, loaded, unloaded, claim or mishandled';
COMMENT ON COLUMN staging.baggage_event.weight_kg IS 'Weight in kilograms';
COMMENT ON COLUMN staging.baggage_event.extras IS 'Unknown keys as a JSON object';
COMMENT ON COLUMN staging.baggage_event.repairs IS 'Repairs it took, sorted, comma-separated; null for none';
COMMENT ON COLUMN staging.baggage_event.shard IS 'Shard of the stream, or name of the file';
COMMENT ON COLUMN staging.baggage_event.sequence IS 'Place in the shard, decimal digits';
COMMENT ON COLUMN staging.baggage_event.batch_id IS 'Window it came with, ops.load_batch';

CREATE TABLE staging.security_event (
    event_id VARCHAR(64) NOT NULL,
    event_time TIMESTAMP NOT NULL,
    arrived TIMESTAMP NOT NULL,
    source VARCHAR(64),
    airport VARCHAR(3) NOT NULL,
    terminal VARCHAR(64),
    checkpoint VARCHAR(64) NOT NULL,
    wait_minutes DOUBLE PRECISION NOT NULL,
    queue_length INTEGER,
    lanes_open INTEGER,
    passengers_screened INTEGER,
    extras VARCHAR(65535),
    repairs VARCHAR(4096),
    shard VARCHAR(1024) NOT NULL,
    sequence VARCHAR(129) NOT NULL,
    batch_id VARCHAR(1024)
) DISTSTYLE KEY DISTKEY(event_id) SORTKEY(airport, checkpoint, event_time);
--postgres:CREATE INDEX security_event_batch ON staging.security_event (batch_id);

COMMENT ON TABLE staging.security_event IS 'Clean readings of security checkpoints as Silver has them, a row an event';
COMMENT ON COLUMN staging.security_event.event_id IS 'Id of the event, unique in the table';
COMMENT ON COLUMN staging.security_event.event_time IS 'When it happened, UTC';
COMMENT ON COLUMN staging.security_event.arrived IS 'When the record arrived on the stream, UTC';
COMMENT ON COLUMN staging.security_event.source IS 'System that sent it';
COMMENT ON COLUMN staging.security_event.airport IS 'IATA code of the airport that it is about';
COMMENT ON COLUMN staging.security_event.terminal IS 'Terminal of the checkpoint';
COMMENT ON COLUMN staging.security_event.checkpoint IS 'Name of the checkpoint';
COMMENT ON COLUMN staging.security_event.wait_minutes IS 'Waiting time in minutes';
COMMENT ON COLUMN staging.security_event.queue_length IS 'People waiting';
COMMENT ON COLUMN staging.security_event.lanes_open IS 'Lanes open';
COMMENT ON COLUMN staging.security_event.passengers_screened IS 'People screened since the last reading';
COMMENT ON COLUMN staging.security_event.extras IS 'Unknown keys as a JSON object';
COMMENT ON COLUMN staging.security_event.repairs IS 'Repairs it took, sorted, comma-separated; null for none';
COMMENT ON COLUMN staging.security_event.shard IS 'Shard of the stream, or name of the file';
COMMENT ON COLUMN staging.security_event.sequence IS 'Place in the shard, decimal digits';
COMMENT ON COLUMN staging.security_event.batch_id IS 'Window it came with, ops.load_batch';

CREATE TABLE staging.ground_event (
    event_id VARCHAR(64) NOT NULL,
    event_time TIMESTAMP NOT NULL,
    arrived TIMESTAMP NOT NULL,
    source VARCHAR(64),
    airport VARCHAR(3) NOT NULL,
    airline VARCHAR(2),
    flight_number INTEGER,
    flight_suffix VARCHAR(1),
    flight_date DATE,
    tail_number VARCHAR(64),
    aircraft_type VARCHAR(64),
    gate VARCHAR(64),
    service VARCHAR(16) NOT NULL,
    phase VARCHAR(8) NOT NULL,
    extras VARCHAR(65535),
    repairs VARCHAR(4096),
    shard VARCHAR(1024) NOT NULL,
    sequence VARCHAR(129) NOT NULL,
    batch_id VARCHAR(1024)
) DISTSTYLE KEY DISTKEY(event_id) SORTKEY(airport, event_time);
--postgres:CREATE INDEX ground_event_batch ON staging.ground_event (batch_id);
--postgres:CREATE INDEX ground_event_tail ON staging.ground_event (tail_number);
--postgres:CREATE INDEX ground_event_flight ON staging.ground_event (flight_date, airline, flight_number);

COMMENT ON TABLE staging.ground_event IS 'Clean ground service events as Silver has them, a row an event';
COMMENT ON COLUMN staging.ground_event.event_id IS 'Id of the event, unique in the table';
COMMENT ON COLUMN staging.ground_event.event_time IS 'When it happened, UTC';
COMMENT ON COLUMN staging.ground_event.arrived IS 'When the record arrived on the stream, UTC';
COMMENT ON COLUMN staging.ground_event.source IS 'System that sent it';
COMMENT ON COLUMN staging.ground_event.airport IS 'IATA code of the airport that it is about';
COMMENT ON COLUMN staging.ground_event.airline IS 'IATA code of the airline';
COMMENT ON COLUMN staging.ground_event.flight_number IS 'Flight number, 1 to 9999';
COMMENT ON COLUMN staging.ground_event.flight_suffix IS 'Operational suffix, a letter; null for none';
COMMENT ON COLUMN staging.ground_event.flight_date IS 'Date of the flight, local at the origin';
COMMENT ON COLUMN staging.ground_event.tail_number IS 'Registration of the aircraft';
COMMENT ON COLUMN staging.ground_event.aircraft_type IS 'Type code of the aircraft';
COMMENT ON COLUMN staging.ground_event.gate IS 'Gate or stand';
COMMENT ON COLUMN staging.ground_event.service IS 'deboarding, cleaning, catering, fueling, baggage, boarding or pushback';
COMMENT ON COLUMN staging.ground_event.phase IS 'start or end';
COMMENT ON COLUMN staging.ground_event.extras IS 'Unknown keys as a JSON object';
COMMENT ON COLUMN staging.ground_event.repairs IS 'Repairs it took, sorted, comma-separated; null for none';
COMMENT ON COLUMN staging.ground_event.shard IS 'Shard of the stream, or name of the file';
COMMENT ON COLUMN staging.ground_event.sequence IS 'Place in the shard, decimal digits';
COMMENT ON COLUMN staging.ground_event.batch_id IS 'Window it came with, ops.load_batch';

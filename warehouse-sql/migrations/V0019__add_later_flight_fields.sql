-- Fields of flight events that came later, behind batch_id: Silver's files have them behind sequence, and both are read by name.

ALTER TABLE staging.flight_event ADD COLUMN wheels_off TIMESTAMP;
ALTER TABLE staging.flight_event ADD COLUMN wheels_on TIMESTAMP;
ALTER TABLE staging.flight_event ADD COLUMN arrival_terminal VARCHAR(64);
ALTER TABLE staging.flight_event ADD COLUMN arrival_gate VARCHAR(64);
ALTER TABLE staging.flight_event ADD COLUMN baggage_belt VARCHAR(64);
ALTER TABLE staging.flight_event ADD COLUMN diverted_to VARCHAR(3);
ALTER TABLE staging.flight_event ADD COLUMN codeshare_of VARCHAR(8);

COMMENT ON COLUMN staging.flight_event.wheels_off IS 'When it left the ground, UTC';
COMMENT ON COLUMN staging.flight_event.wheels_on IS 'When it touched the ground, UTC';
COMMENT ON COLUMN staging.flight_event.arrival_terminal IS 'Terminal of arrival';
COMMENT ON COLUMN staging.flight_event.arrival_gate IS 'Gate of arrival';
COMMENT ON COLUMN staging.flight_event.baggage_belt IS 'Belt at which its bags come out';
COMMENT ON COLUMN staging.flight_event.diverted_to IS 'IATA code of the airport where a diverted leg landed';
COMMENT ON COLUMN staging.flight_event.codeshare_of IS 'Designator of the operating flight, AA100 or AA100A; such a record is no leg of its own in Gold';

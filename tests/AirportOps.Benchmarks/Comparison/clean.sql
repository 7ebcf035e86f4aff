-- The cleaning of events in DuckDB's SQL, as fast as SQL is known to do it: lines by the CSV reader, a record in canonical keys by one
-- from_json into a struct, any other by from_json into a map whose entries are joined with the aliases. {input}, {reference}, {output}
-- and {arrived} are filled in. docs/benchmarks.md lists what of the contract it leaves out.
SET TimeZone = 'UTC';
SET temp_directory = '{output}/spill';

-- Texts -----------------------------------------------------------------------------------------------------------------------------

CREATE MACRO stripped(x) AS trim(x, E' \t\r\n');
CREATE MACRO folded(x) AS regexp_replace(lower(strip_accents(x)), '[^a-z0-9]', '', 'g');
CREATE MACRO text_of(x) AS CASE
  WHEN strlen(x) > 64 OR (strlen(x) <= 7 AND upper(x) IN ('', '-', 'N/A', 'NA', 'NULL', 'NONE', 'NAN', 'UNKNOWN', '?')) THEN NULL ELSE x END;
CREATE MACRO code_key(x) AS CASE WHEN strlen(x) <= 4 THEN upper(x) ELSE folded(x) END;

-- Numbers ---------------------------------------------------------------------------------------------------------------------------

CREATE MACRO plain_number(x) AS coalesce(try_cast(x AS DOUBLE), try_cast(replace(x, ',', '') AS DOUBLE));
CREATE MACRO within(x, least, most) AS CASE WHEN x BETWEEN least AND most THEN x END;
CREATE MACRO whole(x, least, most) AS CASE WHEN x = floor(x) AND x BETWEEN least AND most THEN x::INTEGER END;
CREATE MACRO part(x, pattern) AS coalesce(try_cast(regexp_extract(x, pattern, 1) AS DOUBLE), 0);
CREATE MACRO minutes_of(x) AS coalesce(plain_number(x), CASE
  WHEN x IS NULL THEN NULL
  WHEN regexp_full_match(lower(x), '(pt)?(-?[0-9.]+ ?h)? ?(-?[0-9.]+ ?m(in)?)? ?(-?[0-9.]+ ?s)?')
    THEN round(60 * part(lower(x), '(-?[0-9.]+) ?h') + part(lower(x), '(-?[0-9.]+) ?m') + part(lower(x), '(-?[0-9.]+) ?s') / 60, 1)
END);
CREATE MACRO pounds_of(x) AS try_cast(nullif(regexp_extract(lower(x), '^\s*([0-9.]+) ?lbs?\s*$', 1), '') AS DOUBLE);
CREATE MACRO kilograms_of(x) AS coalesce(plain_number(x), CASE
  WHEN x IS NULL THEN NULL
  WHEN x LIKE '{%' THEN CASE lower(try(x ->> '$.unit'))
    WHEN 'kg' THEN try_cast(try(x ->> '$.value') AS DOUBLE) ELSE round(try_cast(try(x ->> '$.value') AS DOUBLE) * 0.45359237, 2) END
  ELSE coalesce(round(pounds_of(x) * 0.45359237, 2), try_cast(nullif(regexp_extract(lower(x), '^\s*([0-9.]+) ?kg\s*$', 1), '') AS DOUBLE))
END);

-- Times -----------------------------------------------------------------------------------------------------------------------------

CREATE MACRO utc_of(wall, zone) AS CASE WHEN zone IS NOT NULL THEN timezone(zone, wall)::TIMESTAMP END;
CREATE MACRO instant_of(x, zone) AS CASE
  WHEN x IS NULL THEN NULL
  WHEN suffix(x, 'Z') AND strlen(x) BETWEEN 20 AND 27 THEN try_cast(x AS TIMESTAMP)
  WHEN regexp_full_match(x, '\d{4}-\d\d-\d\d.\d\d:\d\d.*([Zz]|[+-]\d\d(:?\d\d)?)') THEN try_cast(x AS TIMESTAMPTZ)::TIMESTAMP
  WHEN regexp_full_match(x, '\d{10}(\.\d+)?') THEN make_timestamp((x::DECIMAL(36, 6) * 1000000)::BIGINT)
  WHEN regexp_full_match(x, '\d{13}(\.\d+)?') THEN make_timestamp((x::DECIMAL(36, 3) * 1000)::BIGINT)
  WHEN regexp_full_match(x, '\d{16}(\.\d+)?') THEN make_timestamp(x[:16]::BIGINT)
  WHEN regexp_full_match(x, '\d{8}T\d{6}Z') THEN try_strptime(x, '%Y%m%dT%H%M%SZ')
  WHEN x LIKE '% GMT' THEN try_strptime(x, '%a, %d %b %Y %H:%M:%S GMT')
  WHEN regexp_matches(x, '[A-Za-z/]') THEN
    utc_of(try_strptime(x, ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M', '%m/%d/%Y %I:%M %p', '%m/%d/%Y %H:%M', '%d-%b-%Y %H:%M']), zone)
  ELSE utc_of(try_strptime(x, ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M']), zone)
END;
CREATE MACRO date_of(x) AS CASE
  WHEN x IS NULL THEN NULL
  WHEN x[5] = '-' THEN try_cast(x[:10] AS DATE)
  ELSE try_strptime(x, ['%Y%m%d', '%m/%d/%Y', '%d-%b-%Y'])::DATE
END;

-- What codes, keys and words mean ---------------------------------------------------------------------------------------------------

CREATE TABLE reference AS SELECT row_number() OVER () AS place, * FROM read_csv('{reference}/codes.tsv', header = true, delim = '\t', quote = '', escape = '', auto_detect = false,
  columns = {'kind': 'VARCHAR', 'iata': 'VARCHAR', 'icao': 'VARCHAR', 'name': 'VARCHAR', 'zone': 'VARCHAR', 'rank': 'INTEGER'});
CREATE TABLE code AS
WITH spelling AS (
  SELECT kind, iata AS key, iata, zone, 1 AS way, rank, place FROM reference
  UNION ALL SELECT kind, icao, iata, zone, 2, rank, place FROM reference WHERE icao IS NOT NULL
  UNION ALL SELECT kind, fold, min(iata), min(zone), 3, rank, min(place) FROM (SELECT *, folded(name) AS fold FROM reference)
    GROUP BY kind, fold, rank HAVING count(DISTINCT iata) = 1)
SELECT kind, key, arg_min(iata, (way, rank, place)) AS iata, arg_min(zone, (way, rank, place)) AS zone
FROM spelling WHERE key <> '' GROUP BY kind, key;
CREATE VIEW airport_code AS SELECT key, iata, zone FROM code WHERE kind = 'airport';
CREATE VIEW airline_code AS SELECT key, iata FROM code WHERE kind = 'airline';
CREATE TABLE alias AS FROM read_csv('{reference}/aliases.csv', header = true, delim = ',');
CREATE TABLE word AS FROM read_csv('{reference}/words.csv', header = true, delim = ',');

-- Records to events -----------------------------------------------------------------------------------------------------------------

-- Lines that are not UTF-8 are dropped by the reader.
CREATE TABLE line AS
SELECT CASE WHEN raw[1] = chr(65279) THEN raw[2:] ELSE raw END AS raw
FROM read_csv('{input}', columns = {'raw': 'VARCHAR'}, delim = E'\x01', quote = '', escape = '', header = false, auto_detect = false,
  null_padding = false, ignore_errors = true);

CREATE TABLE document AS
WITH unwrapped AS (
  SELECT rowid + 1 AS sequence, unnest(CASE
    WHEN strlen(raw) > 1048576 OR NOT json_valid(raw) THEN [raw]
    WHEN raw[1] = '"' THEN [raw ->> '$']
    WHEN raw[1] = '[' THEN from_json(raw, '["VARCHAR"]')
    ELSE [raw] END) AS raw
  FROM line WHERE raw[1] <> '{')
SELECT rowid + 1 AS sequence, raw, strlen(raw) <= 1048576 AND json_valid(raw) AS is_object FROM line WHERE raw[1] = '{'
UNION ALL
SELECT sequence, raw, raw[1] = '{' AND json_valid(raw) FROM unwrapped;

CREATE TABLE keyed AS
SELECT rowid AS id, sequence, raw,
  regexp_full_match(raw, '\{("({names})":(-?[0-9.]+|"[^"]*"),)*"({names})":(-?[0-9.]+|"[^"]*")\}') AS is_canonical
FROM document WHERE is_object;

CREATE VIEW event AS
WITH nested AS (
  SELECT id, sequence, raw, map_entries(from_json(raw, '"MAP(VARCHAR,JSON)"')) AS entries FROM keyed WHERE NOT is_canonical),
top AS (
  SELECT id, sequence, raw, unnest(entries) AS entry FROM nested),
entry AS (
  SELECT id, sequence, raw, entry.key AS key, entry.value AS value FROM top
  WHERE NOT starts_with(entry.value::VARCHAR, '{') OR entry.key IN (SELECT field FROM alias)
  UNION ALL
  SELECT id, sequence, raw, outer_key || '_' || inner_entry.key, inner_entry.value FROM (
    SELECT id, sequence, raw, entry.key AS outer_key, unnest(map_entries(from_json(entry.value, '"MAP(VARCHAR,JSON)"'))) AS inner_entry
    FROM top WHERE starts_with(entry.value::VARCHAR, '{') AND entry.key NOT IN (SELECT field FROM alias))),
spelling AS (
  SELECT key, field, rank FROM (SELECT DISTINCT key FROM entry) JOIN alias ON alias.spelling = folded(key)),
named AS (
  SELECT entry.*, value ->> '$' AS text, field, rank FROM entry LEFT JOIN spelling USING (key) WHERE value::VARCHAR <> 'null')
SELECT id, any_value(sequence) AS sequence, any_value(raw) AS raw,
  {named_fields},
  '{' || string_agg(to_json(key) || ':' || value::VARCHAR, ',') FILTER (field IS NULL) || '}' AS extras
FROM named GROUP BY id
UNION ALL
SELECT id, sequence, raw, unnest(from_json(raw, '{struct}')), NULL FROM keyed WHERE is_canonical;

-- Levels of their own: DuckDB evaluates a macro's argument anew at each place where the macro names it.
CREATE VIEW trimmed AS SELECT id, sequence, raw, extras, stripped(COLUMNS(* EXCLUDE (id, sequence, raw, extras))) FROM event;
CREATE VIEW known AS
SELECT id, sequence, raw, extras, airline AS raw_airline, airport AS raw_airport, origin AS raw_origin, destination AS raw_destination,
  text_of(COLUMNS(* EXCLUDE (id, sequence, raw, extras)))
FROM trimmed;

-- Events to typed rows --------------------------------------------------------------------------------------------------------------

CREATE TABLE coded AS
WITH typed AS (
  SELECT *, coalesce(event_id, sha256(raw)[:32]) AS clean_id,
    coalesce(lower(event_type), CASE
      WHEN bag_tag IS NOT NULL THEN 'baggage' WHEN checkpoint IS NOT NULL THEN 'security' WHEN service IS NOT NULL THEN 'ground'
      WHEN status IS NOT NULL AND origin IS NOT NULL AND destination IS NOT NULL THEN 'flight' END) AS type,
    -- A designator is read only where one of its parts is missing.
    CASE WHEN airline IS NULL OR try_cast(flight_number AS INTEGER) IS NULL THEN
      regexp_extract(upper(coalesce(CASE WHEN plain_number(flight_number) IS NULL THEN flight_number END, designator)),
        '^([A-Z0-9]{2}|[A-Z]{3}) *([0-9]{1,4})([A-Z]?)$', ['airline', 'number', 'suffix']) END AS parts
  FROM known),
keyed AS (
  SELECT *, code_key(coalesce(raw_airline, parts.airline)) AS airline_key, code_key(raw_origin) AS origin_key,
    code_key(raw_destination) AS destination_key,
    code_key(coalesce(raw_airport, CASE WHEN type = 'flight' THEN raw_origin END)) AS airport_key
  FROM typed)
SELECT keyed.* EXCLUDE (event_id, airline, airport, origin, destination),
  coalesce(keyed.airline, nullif(parts.airline, '')) AS given_airline, al.iata AS airline,
  coalesce(keyed.airport, CASE WHEN type = 'flight' THEN keyed.origin END) AS given_airport, ap.iata AS airport, ap.zone AS airport_zone,
  keyed.origin AS given_origin, og.iata AS origin, og.zone AS origin_zone,
  keyed.destination AS given_destination, de.iata AS destination, de.zone AS destination_zone,
  instant_of(event_time, ap.zone) AS clean_time,
  coalesce(whole(plain_number(flight_number), 1, 9999), try_cast(parts.number AS INTEGER)) AS clean_number,
  coalesce(upper(flight_suffix), nullif(parts.suffix, '')) AS clean_suffix
FROM keyed
LEFT JOIN airline_code al ON al.key = airline_key
LEFT JOIN airport_code ap ON ap.key = airport_key
LEFT JOIN airport_code og ON og.key = origin_key
LEFT JOIN airport_code de ON de.key = destination_key;

DROP TABLE line;

CREATE MACRO common_reason(type, given_airport, airport, event_time, clean_time) AS CASE
  WHEN type IS NULL OR type NOT IN ('flight', 'baggage', 'security', 'ground') THEN 'unknown_type'
  WHEN event_time IS NULL THEN 'missing_event_time'
  WHEN clean_time IS NULL THEN 'bad_event_time'
  WHEN given_airport IS NULL THEN 'missing_airport'
  WHEN airport IS NULL THEN 'unknown_airport'
END;
CREATE MACRO late_reason(clean_time) AS CASE
  WHEN clean_time < TIMESTAMP '2000-01-01' OR clean_time > TIMESTAMP '{arrived}' + INTERVAL 24 HOURS THEN 'time_out_of_range' END;

CREATE TABLE flight_event AS
WITH typed AS (
  SELECT clean_id AS event_id, clean_time AS event_time, TIMESTAMP '{arrived}' AS arrived, source AS source, airport, airline,
    clean_number AS flight_number, clean_suffix AS flight_suffix,
    coalesce(date_of(flight_date), CASE WHEN flight_date IS NULL AND origin_zone IS NOT NULL THEN
      timezone(origin_zone, timezone('UTC', coalesce(instant_of(scheduled_departure, origin_zone), clean_time)))::DATE END)
      AS flight_date,
    origin, destination, upper(tail_number) AS tail_number, upper(aircraft_type) AS aircraft_type,
    CASE WHEN folded(status) = 'active' THEN if(actual_departure IS NULL, 'scheduled', 'departed') ELSE s.word END AS status,
    instant_of(scheduled_departure, origin_zone) AS scheduled_departure,
    instant_of(estimated_departure, origin_zone) AS estimated_departure,
    instant_of(actual_departure, origin_zone) AS actual_departure,
    instant_of(scheduled_arrival, destination_zone) AS scheduled_arrival,
    instant_of(estimated_arrival, destination_zone) AS estimated_arrival,
    instant_of(actual_arrival, destination_zone) AS actual_arrival,
    upper(terminal) AS terminal, upper(gate) AS gate,
    within(round(minutes_of(delay_minutes)), -1440, 2880)::INTEGER AS delay_minutes, dc.word AS delay_cause, cc.word AS cancellation_cause,
    within(round(minutes_of(carrier_minutes)), 0, 2880)::INTEGER AS carrier_minutes,
    within(round(minutes_of(weather_minutes)), 0, 2880)::INTEGER AS weather_minutes,
    within(round(minutes_of(nas_minutes)), 0, 2880)::INTEGER AS nas_minutes,
    within(round(minutes_of(security_minutes)), 0, 2880)::INTEGER AS security_minutes,
    within(round(minutes_of(late_aircraft_minutes)), 0, 2880)::INTEGER AS late_aircraft_minutes,
    whole(plain_number(passengers), 0, 1000) AS passengers, whole(plain_number(seats), 0, 1000) AS seats,
    extras, sequence, raw, event.status AS given_status, event.flight_number AS given_number, event.flight_date AS given_date,
    given_airline, given_airport, given_origin, given_destination, event.event_time AS given_time, type
  FROM coded event
  LEFT JOIN word s ON s.kind = 'status' AND s.spelling = folded(event.status)
  LEFT JOIN word dc ON dc.kind = 'cause' AND dc.spelling = folded(event.delay_cause)
  LEFT JOIN word cc ON cc.kind = 'cause' AND cc.spelling = folded(event.cancellation_cause)
  WHERE type = 'flight')
SELECT * EXCLUDE (given_status, given_number, given_date, given_airline, given_airport, given_origin, given_destination, given_time, type),
  coalesce(common_reason(type, given_airport, airport, given_time, event_time), CASE
    WHEN given_airline IS NULL THEN 'missing_airline' WHEN airline IS NULL THEN 'unknown_airline'
    WHEN flight_number IS NULL THEN if(given_number IS NULL, 'missing_flight_number', 'bad_flight_number')
    WHEN flight_date IS NULL THEN if(given_date IS NULL, 'missing_flight_date', 'bad_flight_date')
    WHEN given_origin IS NULL THEN 'missing_origin' WHEN origin IS NULL THEN 'unknown_airport'
    WHEN given_destination IS NULL THEN 'missing_destination' WHEN destination IS NULL THEN 'unknown_airport'
    WHEN status IS NULL THEN if(given_status IS NULL, 'missing_status', 'bad_status')
  END, late_reason(event_time), CASE WHEN actual_arrival < actual_departure THEN 'arrival_before_departure' END) AS reason
FROM typed;

CREATE TABLE baggage_event AS
WITH typed AS (
  SELECT clean_id AS event_id, clean_time AS event_time, TIMESTAMP '{arrived}' AS arrived, source AS source, airport, airline,
    clean_number AS flight_number, clean_suffix AS flight_suffix, date_of(flight_date) AS flight_date,
    CASE WHEN regexp_full_match(bag_tag, '[0-9]{10}') THEN bag_tag END AS bag_tag,
    CASE WHEN lower(scan_point) IN ('checkin', 'sorter', 'loaded', 'unloaded', 'claim', 'mishandled')
      THEN lower(scan_point) END AS scan_point,
    within(kilograms_of(weight_kg), 0, 200) AS weight_kg, extras, sequence, raw,
    event.bag_tag AS given_tag, event.scan_point AS given_point, given_airport, event.event_time AS given_time, type
  FROM coded event WHERE type = 'baggage')
SELECT * EXCLUDE (given_tag, given_point, given_airport, given_time, type),
  coalesce(common_reason(type, given_airport, airport, given_time, event_time), CASE
    WHEN bag_tag IS NULL THEN if(given_tag IS NULL, 'missing_bag_tag', 'bad_bag_tag')
    WHEN scan_point IS NULL THEN if(given_point IS NULL, 'missing_scan_point', 'bad_scan_point')
  END, late_reason(event_time)) AS reason
FROM typed;

CREATE TABLE security_event AS
WITH typed AS (
  SELECT clean_id AS event_id, clean_time AS event_time, TIMESTAMP '{arrived}' AS arrived, source AS source, airport,
    upper(terminal) AS terminal, checkpoint AS checkpoint, within(minutes_of(wait_minutes), 0, 600) AS wait_minutes,
    whole(plain_number(queue_length), 0, 1000000) AS queue_length, whole(plain_number(lanes_open), 0, 1000000) AS lanes_open,
    whole(plain_number(passengers_screened), 0, 1000000) AS passengers_screened, extras, sequence, raw,
    event.wait_minutes AS given_wait, given_airport, event.event_time AS given_time, type
  FROM coded event WHERE type = 'security')
SELECT * EXCLUDE (given_wait, given_airport, given_time, type),
  coalesce(common_reason(type, given_airport, airport, given_time, event_time), CASE
    WHEN checkpoint IS NULL THEN 'missing_checkpoint'
    WHEN wait_minutes IS NULL AND queue_length IS NULL AND passengers_screened IS NULL THEN if(given_wait IS NULL, 'missing_wait_minutes', 'bad_wait_minutes')
  END, late_reason(event_time)) AS reason
FROM typed;

CREATE TABLE ground_event AS
WITH typed AS (
  SELECT clean_id AS event_id, clean_time AS event_time, TIMESTAMP '{arrived}' AS arrived, source AS source, airport, airline,
    clean_number AS flight_number, clean_suffix AS flight_suffix, date_of(flight_date) AS flight_date,
    upper(tail_number) AS tail_number, upper(aircraft_type) AS aircraft_type, upper(gate) AS gate,
    CASE WHEN lower(service) IN ('deboarding', 'cleaning', 'catering', 'fueling', 'baggage', 'boarding', 'pushback')
      THEN lower(service) END AS service,
    p.word AS phase, extras, sequence, raw,
    event.service AS given_service, event.phase AS given_phase, given_airport, event.event_time AS given_time, type
  FROM coded event LEFT JOIN word p ON p.kind = 'phase' AND p.spelling = folded(event.phase)
  WHERE type = 'ground')
SELECT * EXCLUDE (given_service, given_phase, given_airport, given_time, type),
  coalesce(common_reason(type, given_airport, airport, given_time, event_time), CASE
    WHEN service IS NULL THEN if(given_service IS NULL, 'missing_service', 'bad_service')
    WHEN phase IS NULL THEN if(given_phase IS NULL, 'missing_phase', 'bad_phase')
  END, late_reason(event_time)) AS reason
FROM typed;

-- Rows, duplicates, refused ---------------------------------------------------------------------------------------------------------

CREATE TABLE accepted AS
SELECT event_id, sequence FROM flight_event WHERE reason IS NULL
UNION ALL SELECT event_id, sequence FROM baggage_event WHERE reason IS NULL
UNION ALL SELECT event_id, sequence FROM security_event WHERE reason IS NULL
UNION ALL SELECT event_id, sequence FROM ground_event WHERE reason IS NULL;
CREATE TABLE repeated AS SELECT event_id, min(sequence) AS first FROM accepted GROUP BY event_id HAVING count(*) > 1;

COPY (SELECT * EXCLUDE (raw, reason, first), event_time::DATE AS event_date FROM flight_event LEFT JOIN repeated USING (event_id)
  WHERE reason IS NULL AND (first IS NULL OR first = sequence))
  TO '{output}/flight_event' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (event_date));
COPY (SELECT * EXCLUDE (raw, reason, first), event_time::DATE AS event_date FROM baggage_event LEFT JOIN repeated USING (event_id)
  WHERE reason IS NULL AND (first IS NULL OR first = sequence))
  TO '{output}/baggage_event' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (event_date));
COPY (SELECT * EXCLUDE (raw, reason, first), event_time::DATE AS event_date FROM security_event LEFT JOIN repeated USING (event_id)
  WHERE reason IS NULL AND (first IS NULL OR first = sequence))
  TO '{output}/security_event' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (event_date));
COPY (SELECT * EXCLUDE (raw, reason, first), event_time::DATE AS event_date FROM ground_event LEFT JOIN repeated USING (event_id)
  WHERE reason IS NULL AND (first IS NULL OR first = sequence))
  TO '{output}/ground_event' (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (event_date));

CREATE TABLE refused AS
SELECT reason, event_id, sequence, raw FROM flight_event WHERE reason IS NOT NULL
UNION ALL SELECT reason, event_id, sequence, raw FROM baggage_event WHERE reason IS NOT NULL
UNION ALL SELECT reason, event_id, sequence, raw FROM security_event WHERE reason IS NOT NULL
UNION ALL SELECT reason, event_id, sequence, raw FROM ground_event WHERE reason IS NOT NULL
UNION ALL SELECT 'unknown_type', clean_id, sequence, raw FROM coded WHERE type IS NULL OR type NOT IN ('flight', 'baggage', 'security', 'ground')
UNION ALL SELECT CASE WHEN strlen(raw) > 1048576 THEN 'too_large' WHEN json_valid(raw) THEN 'not_an_event' ELSE 'not_json' END, NULL, sequence, raw
  FROM document WHERE NOT is_object;
COPY refused TO '{output}/quarantine.jsonl.gz' (FORMAT json, COMPRESSION gzip);

SELECT (SELECT count(*) FROM accepted) - (SELECT sum(n) FROM (
    SELECT count(*) - 1 AS n FROM accepted WHERE event_id IN (SELECT event_id FROM repeated) GROUP BY event_id))::BIGINT AS rows,
  (SELECT count(*) FROM refused) AS refused;

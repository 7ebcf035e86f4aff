-- Airlines and airports as the reference rows have them. A code that left the reference keeps its row: facts point to it.

MERGE INTO gold.dim_airline
USING reference_airline AS s
ON gold.dim_airline.airline = s.airline
WHEN MATCHED THEN UPDATE SET
    icao = s.icao,
    airline_name = s.airline_name,
    callsign = s.callsign,
    country = s.country,
    is_active = s.is_active
WHEN NOT MATCHED THEN INSERT (airline, icao, airline_name, callsign, country, is_active)
VALUES (s.airline, s.icao, s.airline_name, s.callsign, s.country, s.is_active);

MERGE INTO gold.dim_airport
USING reference_airport AS s
ON gold.dim_airport.airport = s.airport
WHEN MATCHED THEN UPDATE SET
    icao = s.icao,
    airport_name = s.airport_name,
    city = s.city,
    country = s.country,
    latitude = s.latitude,
    longitude = s.longitude,
    altitude_feet = s.altitude_feet,
    time_zone = s.time_zone
WHEN NOT MATCHED THEN INSERT (airport, icao, airport_name, city, country, latitude, longitude, altitude_feet, time_zone)
VALUES (s.airport, s.icao, s.airport_name, s.city, s.country, s.latitude, s.longitude, s.altitude_feet, s.time_zone);

DROP TABLE reference_airline;
DROP TABLE reference_airport;

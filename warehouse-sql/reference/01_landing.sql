-- Where the reference rows land: one row a code, already chosen.

CREATE TEMP TABLE reference_airline (
    airline VARCHAR(2) NOT NULL,
    icao VARCHAR(4),
    airline_name VARCHAR(256) NOT NULL,
    callsign VARCHAR(128),
    country VARCHAR(128),
    is_active BOOLEAN NOT NULL
);

CREATE TEMP TABLE reference_airport (
    airport VARCHAR(3) NOT NULL,
    icao VARCHAR(4),
    airport_name VARCHAR(256) NOT NULL,
    city VARCHAR(128),
    country VARCHAR(128),
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    altitude_feet INTEGER NOT NULL,
    time_zone VARCHAR(64)
);

using System.Text;
using AirportOps.Cleaning.Profiles;

namespace AirportOps.Cleaning.Tests;

/// <summary>What sources mean by their keys and values. The records follow the public descriptions of their APIs; no value is recorded.</summary>
public sealed class SourceProfileTests
{
    [Fact]
    public void AeroApis_delays_are_seconds_its_status_ends_at_the_slash_and_its_airports_are_objects()
    {
        var outcome = CleaningRun.Outcome(
            """
            {"ident":"AAL100","ident_icao":"AAL100","ident_iata":"AA100","fa_flight_id":"AAL100-1772000000-schedule-1p","operator":"AAL","operator_icao":"AAL","operator_iata":"AA",
             "flight_number":"100","registration":"N717AN","blocked":false,"diverted":false,"cancelled":false,"position_only":false,
             "origin":{"code":"KJFK","code_icao":"KJFK","code_iata":"JFK","timezone":"America/New_York","name":"John F Kennedy Intl","city":"New York"},
             "destination":{"code":"EGLL","code_icao":"EGLL","code_iata":"LHR","timezone":"Europe/London","name":"London Heathrow","city":"London"},
             "departure_delay":1830,"arrival_delay":-60,"scheduled_out":"2026-03-19T18:00:00Z","estimated_out":"2026-03-19T18:30:00Z","actual_out":"2026-03-19T18:30:30Z",
             "actual_off":"2026-03-19T18:45:00Z","actual_on":null,"status":"En Route / Delayed","aircraft_type":"B77W","gate_origin":"8","gate_destination":"A10",
             "terminal_origin":"8","terminal_destination":"3","baggage_claim":"5","type":"Airline"}
            """);

        Assert.Null(outcome["refused"]);
        var row = outcome["row"]!.AsObject();
        row.Remove("event_id");
        row.Remove("extras");
        Assert.Equal(
            """{"entity":"flight_event","event_time":"2026-03-20T00:00:00Z","airport":"JFK","airline":"AA","flight_number":100,"flight_date":"2026-03-19","origin":"JFK","destination":"LHR","tail_number":"N717AN","aircraft_type":"B77W","status":"departed","scheduled_departure":"2026-03-19T18:00:00Z","estimated_departure":"2026-03-19T18:30:00Z","actual_departure":"2026-03-19T18:30:30Z","terminal":"8","gate":"8","delay_minutes":31,"wheels_off":"2026-03-19T18:45:00Z","arrival_terminal":"3","arrival_gate":"A10","baggage_belt":"5"}""",
            row.ToJsonString());
    }

    [Theory]
    [InlineData("Scheduled / Delayed", "scheduled")]
    [InlineData("Arrived / Gate Arrival", "arrived")]
    [InlineData("Landed / Taxiing", "arrived")]
    [InlineData("Taxiing / Left Gate", "departed")]
    [InlineData("Cancelled", "cancelled")]
    [InlineData("result unknown", "scheduled")]
    public void AeroApis_status_is(string status, string expected) => Assert.Equal(
        expected,
        (string?)CleaningRun.Outcome(Events.Flight(("source", "\"AeroAPI\""), ("status", $"\"{status}\"")))["row"]!["status"]);

    [Fact]
    public void AeroDataBox_nests_airports_and_times()
    {
        var row = CleaningRun.Outcome(
            """
            {"departure":{"airport":{"icao":"EGLL","iata":"LHR","name":"London Heathrow","timeZone":"Europe/London"},"scheduledTime":{"utc":"2026-03-19 10:20Z","local":"2026-03-19 10:20+00:00"},
              "revisedTime":{"utc":"2026-03-19 10:41Z","local":"2026-03-19 10:41+00:00"},"runwayTime":{"utc":"2026-03-19 10:55Z","local":"2026-03-19 10:55+00:00"},"terminal":"5","gate":"A10","quality":["Basic","Live"]},
             "arrival":{"airport":{"icao":"KJFK","iata":"JFK"},"scheduledTime":{"utc":"2026-03-19 18:20Z","local":"2026-03-19 14:20-04:00"},"terminal":"8","gate":"12","baggageBelt":"3"},
             "lastUpdatedUtc":"2026-03-19 11:00Z","number":"BA 117","callSign":"BAW117","status":"EnRoute","codeshareStatus":"IsOperator","isCargo":false,
             "aircraft":{"reg":"G-STBA","modeS":"400A2D","model":"Boeing 777-300"},"airline":{"name":"British Airways","iata":"BA","icao":"BAW"}}
            """)["row"]!.AsObject();

        Assert.Equal(
            ["2026-03-19T11:00:00Z", "BA", "117", "LHR", "JFK", "departed", "2026-03-19T10:20:00Z", "2026-03-19T10:41:00Z", "2026-03-19T10:55:00Z", "2026-03-19T18:20:00Z", "5", "A10", "8", "12", "3", "G-STBA"],
            new[]
            {
                "event_time", "airline", "flight_number", "origin", "destination", "status", "scheduled_departure", "estimated_departure", "wheels_off", "scheduled_arrival", "terminal", "gate",
                "arrival_terminal", "arrival_gate", "baggage_belt", "tail_number",
            }.Select(field => row[field]?.ToString()));
    }

    [Fact]
    public void Aviation_Edges_clocks_are_local_and_its_codeshares_are_told()
    {
        var row = CleaningRun.Outcome(
            """
            {"type":"departure","status":"active","departure":{"iataCode":"jfk","icaoCode":"kjfk","terminal":"8","gate":"12","delay":"31","scheduledTime":"2026-03-19T14:00:00.000",
              "estimatedTime":"2026-03-19T14:30:00.000","actualTime":"2026-03-19T14:31:00.000","actualRunway":"2026-03-19T14:45:00.000"},
             "arrival":{"iataCode":"lhr","icaoCode":"egll","terminal":"3","baggage":"5","gate":null,"scheduledTime":"2026-03-20T02:00:00.000"},
             "airline":{"name":"british airways","iataCode":"ba","icaoCode":"baw"},"flight":{"number":"1511","iataNumber":"ba1511","icaoNumber":"baw1511"},
             "codeshared":{"airline":{"name":"american airlines","iataCode":"aa","icaoCode":"aal"},"flight":{"number":"100","iataNumber":"aa100","icaoNumber":"aal100"}}}
            """)["row"]!.AsObject();

        Assert.Equal(
            ["BA", "1511", "JFK", "LHR", "departed", "2026-03-19T18:00:00Z", "2026-03-19T18:31:00Z", "2026-03-20T02:00:00Z", "31", "2026-03-19T18:45:00Z", "3", "5", "AA100"],
            new[]
            {
                "airline", "flight_number", "origin", "destination", "status", "scheduled_departure", "actual_departure", "scheduled_arrival", "delay_minutes", "wheels_off", "arrival_terminal",
                "baggage_belt", "codeshare_of",
            }.Select(field => row[field]?.ToString()));
    }

    [Fact]
    public void Flightradar24_says_a_status_by_its_times()
    {
        var row = CleaningRun.Outcome(
            """
            {"fr24_id":"2f1a2b3c","flight":"AF1463","callsign":"AFR46QF","operating_as":"AFR","painted_as":"AFR","type":"A320","reg":"F-GKXS","orig_icao":"LFPG","orig_iata":"CDG",
             "datetime_takeoff":"2026-03-19T08:00:00Z","dest_icao":"EGLL","dest_iata":"LHR","dest_icao_actual":"EGKK","dest_iata_actual":"LGW","datetime_landed":"2026-03-19T09:10:00Z",
             "hex":"3944F2","first_seen":"2026-03-19T07:40:00Z","last_seen":"2026-03-19T09:20:00Z","flight_ended":true}
            """)["row"]!.AsObject();

        Assert.Equal(
            ["AF", "1463", "CDG", "LHR", "LGW", "diverted", "A320", "F-GKXS", "2026-03-19T08:00:00Z", "2026-03-19T09:10:00Z", "2026-03-19T09:20:00Z"],
            new[] { "airline", "flight_number", "origin", "destination", "diverted_to", "status", "aircraft_type", "tail_number", "wheels_off", "wheels_on", "event_time" }
                .Select(field => row[field]?.ToString()));
        Assert.Equal("AFR46QF", (string?)row["extras"]!["callsign"]);
    }

    [Theory]
    [InlineData("DLH630  ", "LH 630")]
    [InlineData("DLH9ZZ", "missing_airline")]
    [InlineData("N2767K", "missing_airline")]
    public void OpenSkys_callsign_counts_where_it_is_a_designator(string callsign, string expected)
    {
        var outcome = CleaningRun.Outcome(
            $$"""{"icao24":"3c6675","firstSeen":1773900000,"estDepartureAirport":"EDDF","lastSeen":1773910000,"estArrivalAirport":"OMDB","callsign":"{{callsign}}","departureAirportCandidatesCount":1}""");

        Assert.Equal(expected, (string?)outcome["refused"] ?? $"{outcome["row"]!["airline"]} {outcome["row"]!["flight_number"]}");
        Assert.Equal(outcome["row"] is null ? null : "arrived", (string?)outcome["row"]?["status"]);
    }

    [Fact]
    public void A_callsign_of_OpenSky_that_is_none_is_an_extra_beside_a_flight()
    {
        var outcome = CleaningRun.Outcome(Events.Flight(("source", "\"OpenSky\""), ("airline", "\"LH\""), ("flight_number", null), ("callsign", "\"DLH9ZZ\""), ("number", "630")));

        Assert.Equal(("DLH9ZZ", "key_alias"), ((string?)outcome["row"]!["extras"]!["callsign"], (string?)outcome["repairs"]));
    }

    [Fact]
    public void A_record_kept_for_long_tells_of_the_last_thing_that_had_happened_and_arrives_twice_as_a_duplicate()
    {
        const string record = """{"ident":"AAL100","fa_flight_id":"x","origin":"JFK","destination":"LHR","status":"Landed","actual_out":"2026-01-01T10:00:00Z","actual_on":"2026-01-01T17:00:00Z"}""";
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes(record));
        run.Clean(Encoding.UTF8.GetBytes(record), CleaningRun.Arrival + 1_000_000);
        var live = CleaningRun.Outcome(record.Replace("2026-01-01T1", "2026-03-19T1", StringComparison.Ordinal))["row"]!;

        var set = Assert.Single(run.Batch.RowSets);
        Assert.Equal("2026-01-01T17:00:00Z", (string?)CleaningRun.Row(set, 0)["row"]!["event_time"]);
        Assert.Equal((1, 1, 0), (run.Batch.Rows, run.Batch.Duplicates, run.Batch.Refused));
        Assert.Equal("2026-03-20T00:00:00Z", (string?)live["event_time"]);
    }

    [Fact]
    public void A_source_without_a_profile_and_one_whose_profile_changes_nothing_take_no_repair()
    {
        Assert.Null(CleaningRun.Outcome(Events.Flight(("source", "\"aod\"")))["repairs"]);
        Assert.Null(CleaningRun.Outcome(Events.Flight(("source", "\"flightradar24\"")))["repairs"]);
    }

    [Fact]
    public void A_profile_of_ones_own_comes_first_and_has_a_version()
    {
        var profiles = SourceProfiles.With("""[{"name":"acme","sources":["ACME Feed"],"event_type":"flight","keys":{"origin":["leg.start"]},"seconds":["delay_minutes"]}]"""u8.ToArray());
        var batch = new CleanBatch();
        var cleaner = new EventCleaner(CleaningRun.Codes, new CleanerOptions { Profiles = profiles });

        cleaner.Clean(
            Encoding.UTF8.GetBytes(Events.Flight(("source", "\"acme-feed\""), ("origin", null), ("leg", "{\"start\":\"BOS\"}"), ("delay", "90"))),
            new RecordOrigin("s"u8, "1"u8, CleaningRun.Arrival),
            null,
            batch);

        var row = CleaningRun.Row(Assert.Single(batch.RowSets), 0);
        Assert.Equal(("BOS", "2", "key_alias,source_profile"), ((string?)row["row"]!["origin"], row["row"]!["delay_minutes"]!.ToJsonString(), (string?)row["repairs"]));
        Assert.Equal("acme", profiles.Names[0]);
        Assert.Matches("^profiles-[0-9a-f]{8}$", profiles.Version);
        Assert.Equal(("", 6), (SourceProfiles.Default.Version, SourceProfiles.Default.Names.Count));
    }

    [Theory]
    [InlineData("{", "Profiles of sources are no JSON: ")]
    [InlineData("{}", "Profiles of sources are a JSON array of objects.")]
    [InlineData("[{\"sources\":[\"a\"]}]", "Profiles of sources: profile 1: name: expected the name of the source.")]
    [InlineData("[{\"name\":\"a\"}]", "Profiles of sources: a: it: expected sources or fingerprints, without which it fits no event.")]
    [InlineData("[{\"name\":\"a\",\"sources\":[\"a\"],\"seconds\":\"x\"}]", "Profiles of sources: a: seconds: expected a list of texts.")]
    [InlineData("[{\"name\":\"a\",\"sources\":[\"a\"],\"keys\":{\"gatex\":[\"g\"]}}]", "Profiles of sources: a: keys: expected fields of an event, 'gatex' is none.")]
    [InlineData("[{\"name\":\"a\",\"sources\":[\"a\"],\"status_words\":{\"x\":\"gone\"}}]", "Profiles of sources: a: status_words: expected a status, or active.")]
    [InlineData("[{\"name\":\"a\",\"sources\":[\"a\"],\"key\":{}}]", "Profiles of sources: a: key: expected one of name, ")]
    public void A_wrong_profile_is_told_by_name(string json, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => SourceProfiles.With(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
}

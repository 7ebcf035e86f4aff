namespace AirportOps.Cleaning.Tests;

/// <summary>Airlines, airports and designators.</summary>
public sealed class CodeTests
{
    [Theory]
    [InlineData("airline", "\"aa\"", "AA", "trimmed")]
    [InlineData("airline", "\" AAL\"", "AA", "code_alias,trimmed")]
    [InlineData("airline", "\"aal\"", "AA", "code_alias,trimmed")]
    [InlineData("airline", "\"AEROMÉXICO\"", "AM", "code_alias")]
    [InlineData("airline", "\" Aeroméxico \"", "AM", "code_alias,trimmed")]
    [InlineData("airline", "\"NA\"", "NA", null)]
    [InlineData("airline", "\"na\"", "NA", "trimmed")]
    [InlineData("airline", "\"N/A\"", null, "missing_airline")]
    [InlineData("airline", "7", null, "bad_airline")]
    [InlineData("origin", "\"nan\"", "NAN", "trimmed")]
    [InlineData("origin", "\"NA\"", null, "missing_origin")]
    [InlineData("origin", "\"egll\"", "LHR", "code_alias,trimmed")]
    [InlineData("origin", "\"GUARULHOS–Governador Andre Franco Montoro International Airport\"", "GRU", "code_alias")]
    [InlineData("origin", "\"EGILSSTADIR AIRPORT\"", "EGS", "code_alias")]
    [InlineData("origin", "\"\\u004aFK\"", "JFK", null)]
    [InlineData("origin", "\"JF\\u212a\"", null, "unknown_airport")]
    [InlineData("origin", "[\"JFK\"]", null, "bad_origin")]
    public void A_code_becomes(string field, string json, string? expected, string? repairs)
    {
        var outcome = CleaningRun.Outcome(Events.Flight((field, json)));

        Assert.Equal(
            (expected, repairs),
            outcome["row"] is { } row ? ((string?)row[field], (string?)outcome["repairs"]) : (null, (string?)outcome["refused"]));
    }

    [Theory]
    [InlineData("\"flight\":\" AA100 \"", "AA 100 ", "designator,trimmed")]
    [InlineData("\"flight\":\"9W 12\"", "9W 12 ", "designator")]
    [InlineData("\"flight\":\"AA 100 A\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"AA-100\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"AA0\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"AA10000\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"QQQ100\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"100\"", "  ", "dropped_designator")]
    [InlineData("\"flight\":100", "  ", "dropped_designator")]
    [InlineData("\"flight\":\"N/A\"", "  ", "null_token")]
    [InlineData("\"ident\":\"DL1\",\"Flight-IATA\":\"AA2\"", "AA 2 ", "designator")]
    [InlineData("\"airline\":\"DL\",\"flight\":\"AA100A\"", "AA 100 A", "designator")]
    [InlineData("\"airline\":\"N/A\",\"flight\":\"AA100\"", "AA 100 ", "designator,null_token")]
    [InlineData("\"airline\":\"ZZZZ\",\"flight\":\"AA100\"", "AA 100 ", "designator")]
    [InlineData("\"flight_number\":5,\"flight\":\"AA100A\"", "AA 100 A", "designator")]
    [InlineData("\"flight_number\":5,\"flight_suffix\":\"B\",\"flight\":\"AA100A\"", "AA 100 B", "designator")]
    [InlineData("\"fltno\":\"aal0100c\"", "AA 100 C", "designator")]
    [InlineData("\"airline\":\"DL\",\"flight_number\":\"AA100\"", "AA 100 ", "designator")]
    [InlineData("\"flight_number\":\"100A\"", "  ", "dropped_flight_number")]
    [InlineData("\"flight_number\":\"AA100\",\"flight\":\"DL200\"", "AA 100 ", "designator")]
    [InlineData("\"carrier\":\"UA\",\"flight\":9101", "UA 9101 ", "designator,key_alias")]
    [InlineData("\"carrier\":\"UA\",\"flight\":\"9101\"", "UA 9101 ", "designator,key_alias")]
    [InlineData("\"airline\":\"UA\",\"flight\":\"91010\"", "UA  ", "dropped_designator")]
    [InlineData("\"airline\":\"UA\",\"flight\":\"QQQ5\"", "UA  ", "dropped_designator")]
    [InlineData("\"airline\":\"AA\",\"flight\":\"aal100\"", "AA 100 ", "designator")]
    [InlineData("\"operator\":\"AA\",\"ident\":\"BA1511\"", "BA 1511 ", "designator")]
    [InlineData("\"airline\":\"6E\",\"flight_number\":\"6E2\"", "6E 2 ", "designator")]
    [InlineData("\"callsign\":\"N2767K\"", "  ", "dropped_designator")]
    [InlineData("\"callsign\":\"n7123\"", "  ", "dropped_designator")]
    [InlineData("\"callsign\":\"UAE52M\"", "EK 52 M", "designator")]
    public void A_bags_flight_comes_from(string members, string expected, string repairs)
    {
        var outcome = CleaningRun.Outcome(Events.Baggage().TrimEnd('}') + "," + members + "}");
        var row = outcome["row"]!;

        Assert.Equal((expected, repairs), ($"{row["airline"]} {row["flight_number"]} {row["flight_suffix"]}", (string?)outcome["repairs"]));
    }

    [Theory]
    [InlineData("\"QQQ100\"", "unknown_airline")]
    [InlineData("\"hello\"", "missing_airline")]
    [InlineData("\"-\"", "missing_airline")]
    public void A_flight_with_nothing_but_a_bad_designator_is_refused(string designator, string reason)
    {
        var outcome = CleaningRun.Outcome(Events.Flight(("airline", null), ("flight_number", null), ("flight", designator)));

        Assert.Equal((reason, "airline"), ((string?)outcome["refused"], (string?)outcome["field"]));
    }

    [Fact]
    public void Every_airport_is_found_by_its_code_and_none_by_a_name_that_two_share()
    {
        var airports = Reference.ReferenceTables.Default.Airports;
        foreach (var airport in airports)
        {
            Assert.True(CleaningRun.Codes.Airports.TryFindIata(System.Text.Encoding.ASCII.GetBytes(airport.Iata), out var index), airport.Iata);
            Assert.Equal(airport.Iata, System.Text.Encoding.ASCII.GetString(CleaningRun.Codes.Airports[index]));
        }

        foreach (var same in airports.GroupBy(airport => Text.NameFolding.Fold(airport.Name)).Where(same => same.Key.Length > 0))
        {
            var isFound = CleaningRun.Codes.Airports.TryFindName(System.Text.Encoding.UTF8.GetBytes(same.Key), out _);
            Assert.Equal(same.Where(airport => airport.Source == same.First().Source).Select(airport => airport.Iata).Distinct().Count() == 1, isFound);
        }
    }

    [Theory]
    [InlineData("origin", "EDDB", "BER")]
    [InlineData("origin", "UACC", "NQZ")]
    [InlineData("origin", "SXF", "SXF")]
    [InlineData("origin", "Berlin-Schönefeld Airport", "SXF")]
    [InlineData("origin", "Berlin Brandenburg Airport", "BER")]
    [InlineData("origin", "KXWA", "XWA")]
    [InlineData("origin", "Chengdu/Tianfu Airport", "TFU")]
    [InlineData("airline", "RPA", "YX")]
    [InlineData("airline", "EDV", "9E")]
    [InlineData("airline", "FLG", "9E")]
    [InlineData("airline", "Pinnacle Airlines", "9E")]
    [InlineData("airline", "Endeavor Air", "9E")]
    [InlineData("airline", "PSA Airlines", "OH")]
    public void A_code_or_name_is_looked_up_in_one_table_after_the_other(string field, string text, string code)
    {
        var outcome = CleaningRun.Outcome(Events.Flight((field, $"\"{text}\"")));

        Assert.Equal(code, (string?)outcome["row"]![field]);
    }
}

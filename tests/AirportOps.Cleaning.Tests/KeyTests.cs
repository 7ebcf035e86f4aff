namespace AirportOps.Cleaning.Tests;

/// <summary>Which key supplies a field, and what of an event stays in extras, byte for byte.</summary>
public sealed class KeyTests
{
    [Theory]
    // The spelling itself, then other spellings of it, then aliases in their order; of equals the last.
    [InlineData("\"gate\":\"A\",\"Gate\":\"B\"", "A", null, "{\"Gate\":\"B\"}")]
    [InlineData("\"stand\":\"A\",\"GATE\":\"B\"", "B", "key_alias", "{\"stand\":\"A\"}")]
    [InlineData("\"stand\":\"A\",\"departure\":{\"gate\":\"B\"}", "B", "key_alias", "{\"stand\":\"A\"}")]
    [InlineData("\"gate\":\"A\",\"gate\":\"B\"", "B", null, "{\"gate\":\"A\"}")]
    [InlineData("\"gate\":\"A\",\"gate\":null", "A", null, null)]
    [InlineData("\"gate\":\"N/A\",\"stand\":\"B\"", null, "null_token", "{\"stand\":\"B\"}")]
    [InlineData("\"gate\":[],\"stand\":\"B\"", null, "dropped_gate", "{\"stand\":\"B\"}")]
    // Spellings.
    [InlineData("\"g\\u0061te\":\"A\"", "A", null, null)]
    [InlineData("\" -g.A_t/E- \":\"A\"", "A", "key_alias", null)]
    [InlineData("\"g–ate\":\"A\"", "A", "key_alias", null)]
    [InlineData("\"gâte\":\"A\"", null, null, "{\"gâte\":\"A\"}")]
    [InlineData("\"Departure\":{\"info\":{},\"GATE\":\"A\"}", "A", "key_alias", "{\"Departure\":{\"info\":{}}}")]
    [InlineData("\"dep\":{\"arture\":{\"gate\":\"A\"}}", "A", "key_alias", null)]
    [InlineData("\"gate\":{\"\":\"A\"}", "A", "key_alias", null)]
    [InlineData("\"gate\":{\"name\":\"A\"}", null, null, "{\"gate\":{\"name\":\"A\"}}")]
    // Extras: as they came, without nulls, used members and objects that are left empty.
    [InlineData("\"x\":null,\"y\":{\"z\":null},\"w\":{ },\"v\":[null]", null, null, "{\"w\":{},\"v\":[null]}")]
    [InlineData("\"X \" : 1.50 , \"y\":{ \"b\" : [1 , 2] , \"gate\":\"A\", \"a\":\"\\u0041\" }", null, null, "{\"X \":1.50,\"y\":{\"b\":[1 , 2],\"gate\":\"A\",\"a\":\"\\u0041\"}}")]
    [InlineData("\"a\":{\"b\":{\"c\":1},\"d\":{\"e\":2}},\"f\":3", null, null, "{\"a\":{\"b\":{\"c\":1},\"d\":{\"e\":2}},\"f\":3}")]
    [InlineData("\"x\":1,\"x\":2", null, null, "{\"x\":1,\"x\":2}")]
    [InlineData("\"bag_tag\":\"1\",\"weight\":{\"value\":1,\"unit\":\"kg\"}", null, null, "{\"bag_tag\":\"1\",\"weight\":{\"value\":1,\"unit\":\"kg\"}}")]
    public void A_gate_is_supplied_by(string members, string? gate, string? repairs, string? extras)
    {
        var record = Events.Flight().TrimEnd('}') + "," + members + "}";
        var outcome = CleaningRun.Outcome(record);

        Assert.Equal((gate, repairs, extras), ((string?)outcome["row"]!["gate"], (string?)outcome["repairs"], CleaningRun.Extras(record)));
    }

    [Fact]
    public void Extras_of_65535_bytes_are_kept_and_longer_ones_are_dropped()
    {
        var kept = Events.Flight(("x", $"\"{new string('y', 65_535 - "{\"x\":\"\"}".Length)}\""));
        var dropped = Events.Flight(("x", $"\"{new string('y', 65_536 - "{\"x\":\"\"}".Length)}\""));

        Assert.Equal((65_535, null), (CleaningRun.Extras(kept)!.Length, (string?)CleaningRun.Outcome(kept)["repairs"]));
        Assert.Equal((null, "dropped_extras"), (CleaningRun.Extras(dropped), (string?)CleaningRun.Outcome(dropped)["repairs"]));
    }

    [Fact]
    public void A_live_feeds_nested_flight_is_read()
    {
        const string record = """
            {"flight_date":"2023-07-19","flight_status":"landed","timestamp":"2023-07-19T12:00:00+00:00",
             "departure":{"airport":"John F Kennedy International","timezone":"America/New_York","iata":"JFK","icao":"KJFK","terminal":"8",
              "gate":null,"delay":12,"scheduled":"2023-07-19T09:00:00+00:00","estimated":null},
             "arrival":{"airport":"Heathrow","iata":"LHR","icao":"EGLL","terminal":"3","baggage":null},
             "airline":{"name":"American Airlines","iata":"AA","icao":"AAL"},
             "flight":{"number":"100","iata":"AA100","icao":"AAL100","codeshared":null},"aircraft":null,"live":null}
            """;
        var outcome = CleaningRun.Outcome(record);
        var row = outcome["row"]!.AsObject();
        row.Remove("event_id");

        Assert.Equal("derived_event_id,derived_type,key_alias,local_time,number_text,source_profile,status_alias,time_format", (string?)outcome["repairs"]);
        Assert.Equal(
            """{"entity":"flight_event","event_time":"2023-07-19T12:00:00Z","airport":"JFK","airline":"AA","flight_number":100,"flight_date":"2023-07-19","origin":"JFK","destination":"LHR","status":"arrived","scheduled_departure":"2023-07-19T13:00:00Z","terminal":"8","delay_minutes":12,"extras":{"departure":{"airport":"John F Kennedy International","timezone":"America/New_York","icao":"KJFK"},"arrival":{"airport":"Heathrow","icao":"EGLL"},"airline":{"name":"American Airlines","icao":"AAL"},"flight":{"iata":"AA100","icao":"AAL100"}},"arrival_terminal":"3"}""",
            row.ToJsonString());
    }
}

namespace AirportOps.Cleaning.Tests;

/// <summary>One field at a time: what it came as, what it became, and the repairs the row lists.</summary>
public sealed class FieldTests
{
    [Theory]
    // White space and case.
    [InlineData("gate", "\" b4\\t\"", "B4", "trimmed")]
    [InlineData("gate", "\"\\u00a0B4\\u3000\"", "B4", "trimmed")]
    [InlineData("gate", "\"b\\u00e9\"", "BÉ", "trimmed")]
    [InlineData("tail_number", "\"n123aa\"", "N123AA", "trimmed")]
    [InlineData("aircraft_type", "\"b738\"", "B738", "trimmed")]
    [InlineData("terminal", "\"ß\"", "ß", null)]
    [InlineData("source", "\" Aodb \"", "Aodb", "trimmed")]
    [InlineData("checkpoint", "\"Cp-1\"", "Cp-1", null)]
    [InlineData("flight_suffix", "\"A\"", "A", null)]
    [InlineData("flight_suffix", "\"a\"", "A", "trimmed")]
    [InlineData("flight_suffix", "\"AB\"", null, "dropped_flight_suffix")]
    [InlineData("flight_suffix", "\"7\"", null, "dropped_flight_suffix")]
    [InlineData("scan_point", "\" LOADED \"", "loaded", "trimmed")]
    [InlineData("service", "\"Push-Back\"", null, "bad_service")]
    // What is no text where text belongs.
    [InlineData("gate", "12", null, "dropped_gate")]
    [InlineData("gate", "true", null, "dropped_gate")]
    [InlineData("gate", "[\"B4\"]", null, "dropped_gate")]
    [InlineData("gate", "\"a\\u0000b\"", null, "dropped_gate")]
    // Null tokens.
    [InlineData("gate", "\"\"", null, "null_token")]
    [InlineData("gate", "\" \"", null, "null_token")]
    [InlineData("gate", "\"n/a\"", null, "null_token")]
    [InlineData("gate", "\" Null \"", null, "null_token")]
    [InlineData("gate", "\"none\"", null, "null_token")]
    [InlineData("gate", "\"NaN\"", null, "null_token")]
    [InlineData("gate", "\"?\"", null, "null_token")]
    [InlineData("passengers", "\"-\"", null, "null_token")]
    [InlineData("scheduled_departure", "\"UNKNOWN\"", null, "null_token")]
    [InlineData("delay_cause", "\"NA\"", null, "null_token")]
    [InlineData("weight_kg", "\"N/A\"", null, "null_token")]
    [InlineData("bag_tag", "\"NONE\"", null, "missing_bag_tag")]
    [InlineData("service", "\"-\"", null, "missing_service")]
    // Words.
    [InlineData("status", "\"En Route\"", "departed", "status_alias")]
    [InlineData("status", "\" departed \"", "departed", "trimmed")]
    [InlineData("status", "\"on-time\"", "scheduled", "status_alias")]
    [InlineData("status", "\"d\\u00e9lay\"", null, "bad_status")]
    [InlineData("status", "1", null, "bad_status")]
    [InlineData("delay_cause", "\"late_aircraft\"", "late_aircraft", null)]
    [InlineData("delay_cause", "\"LateAircraft\"", "late_aircraft", "cause_alias")]
    [InlineData("delay_cause", "\"gremlins\"", null, "dropped_delay_cause")]
    [InlineData("cancellation_cause", "\"d\"", "security", "cause_alias")]
    [InlineData("phase", "\" BEGAN\"", "start", "phase_alias,trimmed")]
    [InlineData("phase", "\"middle\"", null, "bad_phase")]
    // Bag tags.
    [InlineData("bag_tag", "\" 0001234567\"", "0001234567", "trimmed")]
    [InlineData("bag_tag", "1234567890.0", "1234567890", null)]
    [InlineData("bag_tag", "123456789", null, "bad_bag_tag")]
    [InlineData("bag_tag", "-123456789", null, "bad_bag_tag")]
    [InlineData("bag_tag", "\"00012E4567\"", null, "bad_bag_tag")]
    [InlineData("bag_tag", "true", null, "bad_bag_tag")]
    // Dates.
    [InlineData("flight_date", "\"2024-02-29\"", "2024-02-29", null)]
    [InlineData("flight_date", "\"2023-02-29\"", null, "bad_flight_date")]
    [InlineData("flight_date", "20260301", "2026-03-01", "date_format")]
    [InlineData("flight_date", "\"3/1/2026\"", "2026-03-01", "date_format")]
    [InlineData("flight_date", "\" 01-mar-2026\"", "2026-03-01", "date_format,trimmed")]
    [InlineData("flight_date", "\"2026-03-01T23:59:00-05:00\"", "2026-03-01", "date_format")]
    [InlineData("flight_date", "\"2026-03-01 23:59\"", "2026-03-01", "date_format")]
    [InlineData("flight_date", "\"2026-03-01 evening\"", null, "bad_flight_date")]
    [InlineData("flight_date", "\"31/12/2026\"", null, "bad_flight_date")]
    public void A_text_becomes(string field, string json, string? expected, string? repairs) => Check(field, json, expected, repairs);

    [Theory]
    [InlineData("passengers", "12.0", "12", null)]
    [InlineData("passengers", "1.2e1", "12", null)]
    [InlineData("passengers", "120e-1", "12", null)]
    [InlineData("passengers", "-0", "0", null)]
    [InlineData("passengers", "\"0012\"", "12", "number_text")]
    [InlineData("passengers", "\"+12\"", "12", "number_text")]
    [InlineData("passengers", "\"1e2\"", "100", "number_text")]
    [InlineData("passengers", "\"1,000\"", "1000", "number_text")]
    [InlineData("passengers", "\"10,00\"", null, "dropped_passengers")]
    [InlineData("passengers", "\"1,0000\"", null, "dropped_passengers")]
    [InlineData("passengers", "\",100\"", null, "dropped_passengers")]
    [InlineData("passengers", "\"12 pax\"", null, "dropped_passengers")]
    [InlineData("passengers", "-1", null, "dropped_passengers")]
    [InlineData("passengers", "1e400", null, "dropped_passengers")]
    [InlineData("passengers", "12.000000000000000000000000000001", null, "dropped_passengers")]
    [InlineData("passengers", "12.000000000000000000000000000000", "12", null)]
    [InlineData("passengers", "\"0x12\"", null, "dropped_passengers")]
    [InlineData("passengers", "\"Infinity\"", null, "dropped_passengers")]
    [InlineData("queue_length", "2147483647", "2147483647", null)]
    [InlineData("queue_length", "2147483648", null, "dropped_queue_length")]
    [InlineData("delay_minutes", "-1440", "-1440", null)]
    [InlineData("delay_minutes", "-1441", null, "dropped_delay_minutes")]
    [InlineData("delay_minutes", "\"-90 min\"", "-90", "unit")]
    [InlineData("delay_minutes", "\"-PT1H30M\"", "-90", "unit")]
    [InlineData("delay_minutes", "\"90 s\"", "2", "unit")]
    [InlineData("delay_minutes", "\"-90 s\"", "-2", "unit")]
    [InlineData("delay_minutes", "\"1 parsec\"", null, "dropped_delay_minutes")]
    [InlineData("flight_number", "0", null, "bad_flight_number")]
    [InlineData("flight_number", "\"0042\"", "42", "number_text")]
    [InlineData("wait_minutes", "600", "600", null)]
    [InlineData("wait_minutes", "600.01", null, "bad_wait_minutes")]
    [InlineData("wait_minutes", "-0.0", "0", null)]
    [InlineData("wait_minutes", "0.1", "0.1", null)]
    [InlineData("wait_minutes", "\"12.25\"", "12.25", "number_text")]
    [InlineData("wait_minutes", "\"3 s\"", "0.1", "unit")]
    [InlineData("wait_minutes", "\" 1h20m \"", "80", "trimmed,unit")]
    [InlineData("wait_minutes", "\"1 hour 20 minutes\"", "80", "unit")]
    [InlineData("wait_minutes", "\"pt1h20m30s\"", "80.5", "unit")]
    [InlineData("wait_minutes", "\"20m 1h\"", null, "bad_wait_minutes")]
    [InlineData("wait_minutes", "\"PT\"", null, "bad_wait_minutes")]
    [InlineData("wait_minutes", "\"PT12\"", null, "bad_wait_minutes")]
    [InlineData("wait_minutes", "{\"value\":\"720\",\"unit\":\"sec\"}", "12", "unit")]
    [InlineData("wait_minutes", "{\"Unit\":\"MIN\",\"Value\":12.04}", "12", "unit")]
    [InlineData("wait_minutes", "{\"value\":12}", null, "bad_wait_minutes")]
    [InlineData("weight_kg", "19.958", "19.958", null)]
    [InlineData("weight_kg", "\"19.955 kg\"", "19.96", "unit")]
    [InlineData("weight_kg", "\"44LBS\"", "19.96", "unit")]
    [InlineData("weight_kg", "\"441 lb\"", null, "dropped_weight_kg")]
    [InlineData("weight_kg", "\"3 stone\"", null, "dropped_weight_kg")]
    [InlineData("weight_kg", "{\"v\\u0061lue\":\"4\\u0034\",\"unit\":\"l\\u0062\"}", "19.96", "unit")]
    [InlineData("weight_kg", "{\"value\":44,\"unit\":\"kg\",\"unit\":null}", "44", "unit")]
    [InlineData("weight_kg", "{\"value\":44,\"unit\":\"stone\"}", null, "dropped_weight_kg")]
    [InlineData("weight_kg", "{\"value\":[44],\"unit\":\"lb\"}", null, "dropped_weight_kg")]
    public void A_number_becomes(string field, string json, string? expected, string? repairs) => Check(field, json, expected, repairs);

    private static void Check(string field, string json, string? expected, string? repairs)
    {
        var outcome = CleaningRun.Outcome(Events.WithField(field, json));
        if (repairs is not null && (repairs.StartsWith("bad_", StringComparison.Ordinal) || repairs.StartsWith("missing_", StringComparison.Ordinal)))
        {
            Assert.Equal((repairs, field), ((string?)outcome["refused"], (string?)outcome["field"]));
            return;
        }

        Assert.Equal((expected, repairs), (outcome["row"]![field]?.ToString(), (string?)outcome["repairs"]));
    }
}

using AirportOps.Cleaning.Oracle.Json;
using AirportOps.Cleaning.Oracle.Keys;
using AirportOps.Cleaning.Oracle.Values;
using NodaTime;

namespace AirportOps.Cleaning.Oracle;

/// <summary>Reads the fields of one event, in the order in which they need each other.</summary>
internal sealed class EventReading
{
    private readonly ReferenceRules _reference;
    private readonly JsonObject _event;
    private readonly long _arrivedMicros;
    private readonly ProfileRules? _profile;
    private readonly Dictionary<string, FieldReading> _readings = new(StringComparer.Ordinal);
    private readonly HashSet<JsonMember> _used = new(ReferenceEqualityComparer.Instance);
    private readonly SortedSet<string> _repairs = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<KeyedValue> _values;
    private KeyedValue? _type;
    private bool _typeIsElsewhere;

    public EventReading(JsonObject item, ReferenceRules reference, long arrivedMicros)
    {
        (_event, _reference, _arrivedMicros) = (item, reference, arrivedMicros);
        _values = KeyRules.Values(item);
        _profile = ProfileRules.Of(item);
        EventId = Read("event_id");
        EventType = GivenType(out var isNone) ?? (isNone ? DerivedType() : null);
        if (EventType is not null)
        {
            ReadFields(EventType);
        }
    }

    /// <summary>The reading of event_id, before an id is derived.</summary>
    public FieldReading EventId { get; }

    /// <summary>The type, given or derived; null for another kind or none.</summary>
    public string? EventType { get; }

    /// <summary>The extras; null for none. After <see cref="EventType"/> is known.</summary>
    public string? Extras { get; private set; }

    /// <summary>The repairs so far.</summary>
    public ISet<string> Repairs => _repairs;

    /// <summary>What reading a field gave.</summary>
    public FieldReading this[string field] => _readings.GetValueOrDefault(field, FieldReading.Absent);

    /// <summary>Whether event_time follows from the other times and the arrival: then it is no content.</summary>
    public bool IsEventTimeDerived { get; private set; }

    public static IEnumerable<FieldRule> RulesOf(string eventType) => FieldRules.InOrder.Where(rule => rule.On.Contains(eventType));

    /// <summary>The type that is given. An alias of event_type that names no type is none; its other spellings must name one.</summary>
    private string? GivenType(out bool isNone)
    {
        var rule = Rule("event_type");
        var given = Read(rule.Name);
        isNone = given.Fault is null;
        if (given.Fault is null || KeyRules.Rank(rule, KeyRules.Winner(rule, _values)!.JoinedKey) is 0)
        {
            return given.Value as string;
        }

        // Of all aliases the preferred that names a type, of equals the last.
        isNone = true;
        _type = _values.Where(value => KeyRules.Rank(rule, value.JoinedKey) is not null && Read(rule, value).Value is not null)
            .OrderBy(value => KeyRules.Rank(rule, value.JoinedKey)).GroupBy(value => KeyRules.Rank(rule, value.JoinedKey)).FirstOrDefault()?.Last();
        _typeIsElsewhere = true;
        return _type is null ? null : Read(rule, _type).Value as string;
    }

    /// <summary>The row <c>derived_type</c>: a field counts where its value is no null token.</summary>
    private string? DerivedType()
    {
        var type = Has("bag_tag") ? "baggage"
            : Has("checkpoint") ? "security"
            : Has("service") ? "ground"
            : Has("status") && Has("origin") && Has("destination") ? "flight"
            : _profile?.EventType;
        if (type is not null)
        {
            _repairs.Add("derived_type");
        }

        return type;
    }

    private bool Has(string field)
    {
        var rule = Rule(field);
        return KeyRules.Winner(rule, _values) is { } value && !(value.Member.Value is JsonString text && IsNull(rule, text));
    }

    private void ReadFields(string type)
    {
        var rules = RulesOf(type).ToList();
        ReadAndKeep("event_id");
        if (!_typeIsElsewhere)
        {
            ReadAndKeep("event_type");
        }
        else
        {
            _readings["event_type"] = _type is null ? FieldReading.Absent : Read(Rule("event_type"), _type);
            _used.UnionWith(_type is null ? [] : [_type.Member]);
        }

        foreach (var rule in rules.Where(rule => rule.Kind == FieldKind.Airport))
        {
            ReadAndKeep(rule.Name);
        }

        if (type == "flight" && this["airport"] is { Value: null, Fault: null } absent)
        {
            _readings["airport"] = absent with { Value = this["origin"].Value };
        }

        // event_time before all other times: they must lie near it.
        ReadAndKeep("event_time");
        if (_profile is not null)
        {
            DeriveEventTime(type);
        }

        if (rules.Any(rule => rule.Name == "airline"))
        {
            ReadDesignated();
        }

        // Status comes last: what `active` means depends on actual_departure.
        foreach (var rule in rules.Where(rule => !_readings.ContainsKey(rule.Name)).OrderBy(rule => rule.Kind == FieldKind.Status))
        {
            ReadAndKeep(rule.Name);
        }

        DeriveStatus(type);
        foreach (var (field, reading) in _readings)
        {
            _repairs.UnionWith(reading.Fault is null ? reading.Repairs : ["dropped_" + field]);
        }

        if (type == "flight")
        {
            DeriveDate();
        }

        Extras = ExtrasRules.Of(_event, _used, Whole(), _repairs);
    }

    private HashSet<JsonMember> Whole() => new(
        _values.Select(value => value.Member).Where(member => member.Value is JsonObject), ReferenceEqualityComparer.Instance);

    /// <summary>
    /// airline, flight_number and flight_suffix: airline and number from one place, their own keys where both are there, else a designator.
    /// </summary>
    private void ReadDesignated()
    {
        ReadAndKeep("flight_suffix");
        var (airline, number) = (Read("airline"), Read("flight_number"));
        var inNumber = KeyRules.Winner(Rule("flight_number"), _values)?.Member.Value is JsonString text
            && !TextRules.IsNullToken(FieldText.Of(text)) && number.Fault is not null
            ? _reference.Designators.Read(FieldText.Of(text))
            : null;
        if (inNumber is { Airline: not null })
        {
            Use("flight_number");
            Supply(inNumber, airline, FieldReading.Absent);
            return;
        }

        var given = KeyRules.Winner(_profile?.Applied(FieldRules.Designator) ?? FieldRules.Designator, _values);
        var read = given?.Member.Value is JsonString form && !TextRules.IsNullToken(FieldText.Of(form)) ? _reference.Designators.Read(FieldText.Of(form)) : null;
        if (given is not null && !(IsThere(airline) && IsThere(number)))
        {
            _used.Add(given.Member);
            if (read is { Airline: not null })
            {
                Supply(read, airline, number);
                return;
            }
        }

        ReadAndKeep("airline");
        ReadAndKeep("flight_number");
        if (inNumber is not null && EventType == "flight" && !IsThere(airline))
        {
            _readings["airline"] = FieldReading.Unknown;
        }

        if (given is not null && !(IsThere(airline) && IsThere(number)))
        {
            ReadWithoutAirline(given.Member.Value, read, airline);
        }
    }

    /// <summary>What is under a key of designators and names no airline that is known.</summary>
    private void ReadWithoutAirline(JsonItem value, Designator? read, FieldReading airline)
    {
        var bare = value switch
        {
            JsonNumber number => NumberRules.FlightNumber(number.Spelling),
            JsonString text => DesignatorRules.ReadNumber(FieldText.Of(text).Text),
            _ => null,
        };
        if (value is JsonString token && TextRules.IsNullToken(FieldText.Of(token)))
        {
            _repairs.Add("null_token");
        }
        else if (bare is { } found && IsThere(airline))
        {
            _repairs.UnionWith(_readings["flight_number"].Repairs);
            _readings["flight_number"] = FieldReading.Of(found, value is JsonString spelt && FieldText.Of(spelt).IsTrimmed, "designator");
        }
        else if (_profile?.Has("designator_or_extra") ?? false)
        {
            _used.Remove(KeyRules.Winner(_profile.Applied(FieldRules.Designator), _values)!.Member);
        }
        else
        {
            if (read is not null && EventType == "flight" && !IsThere(airline))
            {
                _readings["airline"] = FieldReading.Unknown;
            }

            _repairs.Add("dropped_designator");
        }
    }

    /// <summary>Takes airline and number from a designator. A key of its own that says the same, or nothing, is used up; one that says otherwise is an extra.</summary>
    private void Supply(Designator designator, FieldReading airline, FieldReading number)
    {
        _repairs.UnionWith(designator.Reading(0).Repairs);
        Keep("airline", airline, designator.Airline!);
        Keep("flight_number", number, designator.Number);
        if (designator.Suffix is { } suffix && !IsGiven("flight_suffix"))
        {
            _repairs.UnionWith(this["flight_suffix"].Repairs);
            _readings["flight_suffix"] = FieldReading.Of(suffix);
        }

        void Keep(string field, FieldReading own, object value)
        {
            if (!IsThere(own) || value.Equals(own.Value))
            {
                Use(field);
                _repairs.UnionWith(own.Repairs);
            }

            _readings[field] = FieldReading.Of(value);
        }
    }

    private void Use(string field)
    {
        if (KeyRules.Winner(Rule(field), _values) is { } winner)
        {
            _used.Add(winner.Member);
        }
    }

    private static bool IsThere(FieldReading reading) => reading is not { Value: null, Fault: null };

    private bool IsGiven(string field) => this[field] is not { Value: null, Fault: null };

    /// <summary>The row <c>derived_date</c>.</summary>
    private void DeriveDate()
    {
        if (!IsGiven("flight_date")
            && Zone("origin") is { } zone
            && (this["scheduled_departure"].Value ?? this["event_time"].Value) is long instant)
        {
            _readings["flight_date"] = FieldReading.Of(TimeRules.DateAt(instant, zone));
            _repairs.Add("derived_date");
        }
    }

    private void ReadAndKeep(string field)
    {
        _readings[field] = Read(field);
        Use(field);
    }

    private FieldReading Read(string field)
    {
        var rule = Rule(field);
        return KeyRules.Winner(rule, _values) is { } winner ? Bounded(rule, Read(rule, winner)) : FieldReading.Absent;
    }

    /// <summary>Times over 400 days from an event_time that can be meant can't be.</summary>
    private FieldReading Bounded(FieldRule rule, FieldReading reading)
    {
        const int most = 400;
        if (this["event_time"].Value is not long eventTime || rule.Name == "event_time" || !OracleCleaner.IsInRange(eventTime, _arrivedMicros))
        {
            return reading;
        }

        var isFar = reading.Value switch
        {
            long instant => Math.Abs(instant - eventTime) > most * 86_400_000_000,
            LocalDate date => Math.Abs(Period.Between(TimeRules.DateAt(eventTime, DateTimeZone.Utc), date, PeriodUnits.Days).Days) > most,
            _ => false,
        };
        return isFar ? FieldReading.Bad : reading;
    }

    private FieldReading Read(FieldRule rule, KeyedValue winner)
    {
        var reading = winner.Member.Value switch
        {
            JsonString text when IsNull(rule, text) => FieldReading.NullToken,
            JsonString text => Read(rule, FieldText.Of(text)),
            JsonNumber number when rule.Name == "tail_number" && NumberRules.AsText(number.Spelling) is { } tail && TextRules.IsNoTailNumber(tail) => FieldReading.NullToken,
            JsonNumber number => Read(rule, number.Spelling),
            JsonObject withUnit => UnitRules.Read(withUnit, rule),
            _ => FieldReading.Bad,
        };
        if (reading.Value is null)
        {
            return reading;
        }

        var repairs = reading.Repairs.ToList();
        if (winner.ExactKey != rule.Name)
        {
            repairs.Add("key_alias");
            if (KeyRules.Rank(FieldRules.Named(rule.Name), winner.JoinedKey) != 0 && (_profile?.KeysOf(rule.Name).Contains(winner.JoinedKey) ?? false))
            {
                repairs.Add("source_profile");
            }
        }

        // Of {"value":…,"unit":…} no text is kept.
        if (winner.Member.Value is JsonString { IsIllFormed: true })
        {
            repairs.Add("bad_utf8");
        }

        return reading with { Repairs = repairs };
    }

    private bool IsNull(FieldRule rule, JsonString value)
    {
        var text = FieldText.Of(value);
        if (rule.Name == "tail_number" && TextRules.IsNoTailNumber(text.Text))
        {
            return true;
        }

        if (rule.Kind == FieldKind.Status && _profile?.StatusOf(text.Text) is not null)
        {
            return false;
        }

        return TextRules.IsNullToken(text)
            && !(rule.Kind == FieldKind.Airline && _reference.Airlines.IsCode(text.Text))
            && !(rule.Kind == FieldKind.Airport && _reference.Airports.IsCode(text.Text));
    }

    private FieldReading Read(FieldRule rule, FieldText text) => rule.Kind switch
    {
        FieldKind.Text => TextRules.Plain(text),
        FieldKind.UpperText => TextRules.Upper(text),
        FieldKind.Letter => TextRules.Letter(text),
        FieldKind.TypeWord => TextRules.EventType(text),
        FieldKind.ScanPoint => TextRules.ScanPoint(text),
        FieldKind.Service => TextRules.Service(text),
        FieldKind.Status => Status(text),
        FieldKind.Cause => WordRules.Cause(text),
        FieldKind.Phase => WordRules.Phase(text),
        FieldKind.Airline => _reference.Airlines.Read(text),
        FieldKind.Airport => _reference.Airports.Read(text),
        FieldKind.BagTag => TextRules.BagTag(text),
        FieldKind.Instant => Instant(rule, text),
        FieldKind.Date => DateRules.Read(text),
        FieldKind.Designator => _reference.Designators.ReadWhole(text),
        _ when rule.Kind is FieldKind.Integer or FieldKind.Minutes && NumberRules.FromText(text.Text) is not null && text.Text.Contains('e', StringComparison.OrdinalIgnoreCase) =>
            FieldReading.Bad,
        _ => NumberRules.FromText(text.Text) is { } number ? ReadNumber(rule, number, "number_text")
            : rule.TakesUnit ? UnitRules.Read(text, rule)
            : FieldReading.Bad,
    };

    private FieldRule Rule(string field) => _profile?.Applied(FieldRules.Named(field)) ?? FieldRules.Named(field);

    /// <summary>A time; of a source whose clocks are local what the wall shows, whatever zone is said.</summary>
    private FieldReading Instant(FieldRule rule, FieldText text)
    {
        var zone = Zone(AirportOf(rule.Name));
        return _profile is not null && _profile.Has("local_times", rule.Name) && TimeRules.WithoutZone(text.Text) is { } wall
            ? With(TimeRules.Read(text with { Text = wall }, zone), "source_profile")
            : TimeRules.Read(text, zone);
    }

    private FieldReading Status(FieldText text)
    {
        var hasDeparted = this["actual_departure"].Value is not null;
        var isCut = _profile?.StatusEnd is { } end && text.Text.Contains(end, StringComparison.Ordinal);
        if (isCut)
        {
            // White space before the cut is no repair of its own: it is cut with the rest.
            text = text with { Text = text.Text[..text.Text.IndexOf(_profile!.StatusEnd!, StringComparison.Ordinal)].Trim() };
        }

        var meaning = _profile?.StatusOf(text.Text);
        var reading = meaning is not null ? FieldReading.Of(meaning == "active" ? hasDeparted ? "departed" : "scheduled" : meaning, text.IsTrimmed, "status_alias", "source_profile")
            : TextRules.IsNullToken(text) ? FieldReading.NullToken
            : WordRules.Status(text, hasDeparted);
        return isCut ? With(reading, "source_profile") : reading;
    }

    private static FieldReading With(FieldReading reading, string repair) => reading.Value is null ? reading : reading with { Repairs = [.. reading.Repairs, repair] };

    /// <summary>An event without event_time is of its arrival; one over a day old of its latest clock.</summary>
    private void DeriveEventTime(string type)
    {
        if (this["diverted_to"].Value is string diverted && diverted == this["destination"].Value as string)
        {
            _readings["diverted_to"] = FieldReading.Absent;
        }

        if (type != "flight" || !_profile!.Has("event_time_from_clocks") || KeyRules.Winner(Rule("event_time"), _values) is not null)
        {
            return;
        }

        string[] happened = ["actual_departure", "actual_arrival", "wheels_off", "wheels_on"];
        string[] planned = ["scheduled_departure", "estimated_departure", "scheduled_arrival", "estimated_arrival"];
        var times = happened.Select(field => Read(field).Value).OfType<long>().ToList();
        var latest = times.Count > 0 ? times.Max() : planned.Select(field => Read(field).Value).OfType<long>().Select(time => (long?)(time - 10_800_000_000)).FirstOrDefault();
        if (latest is { } clock)
        {
            _readings["event_time"] = FieldReading.Of(_arrivedMicros - clock > 86_400_000_000 ? clock : _arrivedMicros, "source_profile");
            IsEventTimeDerived = true;
        }
    }

    /// <summary>A source that says no status says it by its times.</summary>
    private void DeriveStatus(string type)
    {
        if (type == "flight" && _profile is not null && _profile.Has("status_from", out var from) && KeyRules.Winner(Rule("status"), _values) is null)
        {
            var hasArrived = from.Any(field => field is "wheels_on" or "actual_arrival" && this[field].Value is not null);
            _readings["status"] = FieldReading.Of(this["diverted_to"].Value is not null ? "diverted" : hasArrived ? "arrived" : "departed", "source_profile");
        }
    }

    private FieldReading Read(FieldRule rule, string number) => rule.Kind switch
    {
        FieldKind.BagTag => NumberRules.BagTag(number),
        FieldKind.Text => NumberRules.AsText(number) is { } digits ? TextRules.Plain(new FieldText(digits, false)) : FieldReading.Bad,
        FieldKind.UpperText => NumberRules.AsText(number) is { } digits ? TextRules.Plain(new FieldText(digits, false)) : FieldReading.Bad,
        FieldKind.Instant => TimeRules.Read(number),
        FieldKind.Date => DateRules.Read(number),
        FieldKind.Integer or FieldKind.Minutes or FieldKind.DecimalMinutes or FieldKind.Kilograms => ReadNumber(rule, number),
        _ => FieldReading.Bad,
    };

    private FieldReading ReadNumber(FieldRule rule, string number, params string[] repairs) => _profile is not null && _profile.Has("seconds", rule.Name)
        ? UnitRules.Seconds(number, rule, [.. repairs, "source_profile"])
        : ReadPlainNumber(rule, number, repairs);

    private static FieldReading ReadPlainNumber(FieldRule rule, string number, params string[] repairs) =>
        rule.Kind is FieldKind.Integer or FieldKind.Minutes
            ? NumberRules.Integer(number, rule.Min, rule.Max, repairs)
            : NumberRules.Decimal(number, rule.Min, rule.Max, repairs);

    /// <summary>Departures are local at the origin, arrivals at the destination, event_time at the airport.</summary>
    private static string AirportOf(string field) =>
        field.EndsWith("_departure", StringComparison.Ordinal) || field == "wheels_off" ? "origin"
        : field.EndsWith("_arrival", StringComparison.Ordinal) || field == "wheels_on" ? "destination"
        : "airport";

    private DateTimeZone? Zone(string airport) => this[airport].Value is string iata ? _reference.ZoneOf(iata) : null;
}

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
    private readonly Dictionary<string, FieldReading> _readings = new(StringComparer.Ordinal);
    private readonly HashSet<JsonMember> _used = new(ReferenceEqualityComparer.Instance);
    private readonly SortedSet<string> _repairs = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<KeyedValue> _values;

    public EventReading(JsonObject item, ReferenceRules reference)
    {
        (_event, _reference) = (item, reference);
        _values = KeyRules.Values(item);
        EventId = Read("event_id");
        var given = Read("event_type");
        EventType = given.Value as string ?? (given.Fault is null ? DerivedType() : null);
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

    public static IEnumerable<FieldRule> RulesOf(string eventType) => FieldRules.InOrder.Where(rule => rule.On.Contains(eventType));

    /// <summary>The row <c>derived_type</c>: a field counts where its value is no null token.</summary>
    private string? DerivedType()
    {
        var type = Has("bag_tag") ? "baggage"
            : Has("checkpoint") ? "security"
            : Has("service") ? "ground"
            : Has("status") && Has("origin") && Has("destination") ? "flight"
            : null;
        if (type is not null)
        {
            _repairs.Add("derived_type");
        }

        return type;
    }

    private bool Has(string field)
    {
        var rule = FieldRules.Named(field);
        return KeyRules.Winner(rule, _values) is { } value && !(value.Member.Value is JsonString text && IsNull(rule, text));
    }

    private void ReadFields(string type)
    {
        var rules = RulesOf(type).ToList();
        ReadAndKeep("event_id");
        ReadAndKeep("event_type");
        foreach (var rule in rules.Where(rule => rule.Kind == FieldKind.Airport))
        {
            ReadAndKeep(rule.Name);
        }

        if (type == "flight" && this["airport"] is { Value: null, Fault: null } absent)
        {
            _readings["airport"] = absent with { Value = this["origin"].Value };
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

    /// <summary>airline, flight_number and flight_suffix, which a designator may supply.</summary>
    private void ReadDesignated()
    {
        ReadAndKeep("airline");
        ReadAndKeep("flight_number");
        ReadAndKeep("flight_suffix");
        if (KeyRules.Winner(FieldRules.Named("flight_number"), _values)?.Member.Value is JsonString number
            && !TextRules.IsNullToken(FieldText.Of(number))
            && this["flight_number"].Fault is not null
            && _reference.Designators.Read(FieldText.Of(number)) is { } inNumber)
        {
            _readings.Remove("flight_number");
            if (!TrySupply(inNumber))
            {
                _readings["flight_number"] = FieldReading.Bad;
            }
        }

        if ((IsGiven("airline") && IsGiven("flight_number")) || KeyRules.Winner(FieldRules.Designator, _values) is not { } designator)
        {
            return;
        }

        _used.Add(designator.Member);
        if (designator.Member.Value is JsonString text && TextRules.IsNullToken(FieldText.Of(text)))
        {
            _repairs.Add("null_token");
        }
        else if (designator.Member.Value is not JsonString other || _reference.Designators.Read(FieldText.Of(other)) is not { } read || !TrySupply(read))
        {
            _repairs.Add("dropped_designator");
        }
    }

    /// <summary>Takes what separate fields don't give. A designator whose airline is not known supplies nothing.</summary>
    private bool TrySupply(Designator designator)
    {
        if (designator.Airline is not { } airline)
        {
            if (EventType == "flight" && !IsGiven("airline"))
            {
                _readings["airline"] = FieldReading.Unknown;
            }

            return false;
        }

        SupplyField("airline", airline);
        SupplyField("flight_number", designator.Number);
        SupplyField("flight_suffix", designator.Suffix);
        return true;

        void SupplyField(string field, object? value)
        {
            if (value is not null && !IsGiven(field))
            {
                // A null token that stood in the field is a repair still.
                _repairs.UnionWith(this[field].Repairs);
                _readings[field] = designator.Reading(value);
            }
        }
    }

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
        if (KeyRules.Winner(FieldRules.Named(field), _values) is { } winner)
        {
            _used.Add(winner.Member);
        }
    }

    private FieldReading Read(string field)
    {
        var rule = FieldRules.Named(field);
        if (KeyRules.Winner(rule, _values) is not { } winner)
        {
            return FieldReading.Absent;
        }

        var reading = winner.Member.Value switch
        {
            JsonString text when IsNull(rule, text) => FieldReading.NullToken,
            JsonString text => Read(rule, FieldText.Of(text)),
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
        FieldKind.Status => WordRules.Status(text, this["actual_departure"].Value is not null),
        FieldKind.Cause => WordRules.Cause(text),
        FieldKind.Phase => WordRules.Phase(text),
        FieldKind.Airline => _reference.Airlines.Read(text),
        FieldKind.Airport => _reference.Airports.Read(text),
        FieldKind.BagTag => TextRules.BagTag(text),
        FieldKind.Instant => TimeRules.Read(text, Zone(AirportOf(rule.Name))),
        FieldKind.Date => DateRules.Read(text),
        _ => NumberRules.FromText(text.Text) is { } number ? ReadNumber(rule, number, "number_text")
            : rule.TakesUnit ? UnitRules.Read(text, rule)
            : FieldReading.Bad,
    };

    private static FieldReading Read(FieldRule rule, string number) => rule.Kind switch
    {
        FieldKind.BagTag => NumberRules.BagTag(number),
        FieldKind.Instant => TimeRules.Read(number),
        FieldKind.Date => DateRules.Read(number),
        FieldKind.Integer or FieldKind.Minutes or FieldKind.DecimalMinutes or FieldKind.Kilograms => ReadNumber(rule, number),
        _ => FieldReading.Bad,
    };

    private static FieldReading ReadNumber(FieldRule rule, string number, params string[] repairs) =>
        rule.Kind is FieldKind.Integer or FieldKind.Minutes
            ? NumberRules.Integer(number, rule.Min, rule.Max, repairs)
            : NumberRules.Decimal(number, rule.Min, rule.Max, repairs);

    /// <summary>Departures are local at the origin, arrivals at the destination, event_time at the airport.</summary>
    private static string AirportOf(string field) =>
        field.EndsWith("_departure", StringComparison.Ordinal) ? "origin"
        : field.EndsWith("_arrival", StringComparison.Ordinal) ? "destination"
        : "airport";

    private DateTimeZone? Zone(string airport) => this[airport].Value is string iata ? _reference.ZoneOf(iata) : null;
}

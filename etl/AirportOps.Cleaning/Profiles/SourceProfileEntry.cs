using System.Text.Json;
using AirportOps.Cleaning.Fields;
using AirportOps.Cleaning.Values;

namespace AirportOps.Cleaning.Profiles;

/// <summary>A profile as it stands in a file.</summary>
internal sealed class SourceProfileEntry
{
    private readonly JsonElement _json;
    private readonly string _name;

    private SourceProfileEntry(JsonElement json, int number)
    {
        _json = json;
        _name = $"profile {number}";
        _name = json.ValueKind == JsonValueKind.Object ? Text("name") ?? throw Wrong("name", "the name of the source") : throw Wrong("it", "an object");
        foreach (var property in json.EnumerateObject())
        {
            if (Array.IndexOf(Known, property.Name) < 0)
            {
                throw Wrong(property.Name, $"one of {string.Join(", ", Known)}");
            }
        }

        Sources = [.. Texts("sources").Select(Normalised)];
        Fingerprints = [.. Elements("fingerprints").Select(set => TextsOf(set, "fingerprints").Select(Normalised).ToArray())];
        if (Sources.Count + Fingerprints.Count == 0)
        {
            throw Wrong("it", "sources or fingerprints, without which it fits no event");
        }
    }

    private static readonly string[] Known =
    [
        "name", "sources", "fingerprints", "event_type", "event_time_from_clocks", "keys", "local_times", "seconds", "status_ends_at", "status_words", "status_from",
        "designator_or_extra",
    ];

    /// <summary>The names of the source, as keys are compared.</summary>
    internal IReadOnlyList<string> Sources { get; }

    /// <summary>Sets of keys, joined and as keys are compared.</summary>
    internal IReadOnlyList<string[]> Fingerprints { get; }

    /// <summary>The profiles that ship.</summary>
    internal static List<SourceProfileEntry> Shipped()
    {
        using var stream = typeof(SourceProfileEntry).Assembly.GetManifestResourceStream("profiles.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Read(json);
    }

    /// <summary>Reads an array of profiles.</summary>
    internal static List<SourceProfileEntry> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select((entry, index) => new SourceProfileEntry(entry.Clone(), index + 1))]
                : throw new FormatException("Profiles of sources are a JSON array of objects.");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Profiles of sources are no JSON: {broken.Message}", broken);
        }
    }

    /// <summary>Makes the profile.</summary>
    /// <param name="marks">The number of each key in a fingerprint.</param>
    internal SourceProfile ToProfile(IReadOnlyDictionary<string, int> marks)
    {
        var keys = KeyMap.OfAll();
        var own = 0UL;
        if (_json.TryGetProperty("keys", out var fields))
        {
            foreach (var field in Members(fields, "keys"))
            {
                var known = FieldNamed(field.Name, "keys");
                own |= FieldTable.Bit(known);
                var rank = KeyMeaning.FirstOwnKey;
                foreach (var key in TextsOf(field.Value, field.Name))
                {
                    keys[Normalised(key)] = new KeyMeaning(known, Math.Min(rank++, (byte)(KeyMeaning.FirstAlias - 1)), KeyMap.NoMark);
                }
            }
        }

        return new SourceProfile
        {
            Name = _name,
            Keys = new KeyMap(keys),
            OwnKeys = own,
            Fingerprints = [.. Fingerprints.Select(set => set.Aggregate(0UL, (bits, key) => bits | (1UL << marks[key])))],
            Entity = Text("event_type") is { } type ? EntityOf(type) : null,
            LocalTimes = FieldsOf("local_times", FieldKind.Instant),
            Seconds = FieldsOf("seconds", FieldKind.IntegerMinutes) | FieldsOf("seconds", FieldKind.DecimalMinutes),
            StatusEnd = Text("status_ends_at") is { } end ? end is [var only] && char.IsAscii(only) ? (byte)only : throw Wrong("status_ends_at", "one ASCII character") : null,
            StatusWords = _json.TryGetProperty("status_words", out var words)
                ? Members(words, "status_words").ToDictionary(word => Normalised(word.Name), word => StatusOf(word.Value), StringComparer.Ordinal)
                : new Dictionary<string, string>(),
            StatusFrom = [.. Texts("status_from").Select(name => FieldNamed(name, "status_from"))],
            LeavesDesignator = Flag("designator_or_extra"),
            DerivesEventTime = Flag("event_time_from_clocks"),
        };
    }

    private Entity EntityOf(string type) =>
        EntityNames.All.Where(entity => entity.EventType() == type).Select(entity => (Entity?)entity).FirstOrDefault() ?? throw Wrong("event_type", "a type of event");

    private string StatusOf(JsonElement value)
    {
        var word = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return word == "active" || WordTable.Status.TryFind(System.Text.Encoding.UTF8.GetBytes(word), out _) ? word : throw Wrong("status_words", "a status, or active");
    }

    private ulong FieldsOf(string property, FieldKind kind)
    {
        var bits = 0UL;
        foreach (var field in Texts(property).Select(name => FieldNamed(name, property)))
        {
            bits |= FieldTable.All[(int)field].Kind == kind ? FieldTable.Bit(field) : 0;
        }

        return bits;
    }

    private Field FieldNamed(string name, string property) =>
        FieldTable.All.FirstOrDefault(info => info.Name == name)?.Field ?? throw Wrong(property, $"fields of an event, '{name}' is none");

    private string? Text(string property) =>
        !_json.TryGetProperty(property, out var value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(property, "a text");

    private bool Flag(string property) =>
        _json.TryGetProperty(property, out var value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(property, "true or false"));

    private IEnumerable<string> Texts(string property) => _json.TryGetProperty(property, out var value) ? TextsOf(value, property) : [];

    private List<JsonElement> Elements(string property) => !_json.TryGetProperty(property, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Wrong(property, "a list");

    private IEnumerable<string> TextsOf(JsonElement list, string property) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
            ? list.EnumerateArray().Select(text => text.GetString()!)
            : throw Wrong(property, "a list of texts");

    private List<JsonProperty> Members(JsonElement value, string property) =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : throw Wrong(property, "an object");

    private FormatException Wrong(string property, string expected) => new($"Profiles of sources: {_name}: {property}: expected {expected}.");

    private static string Normalised(string key) =>
        string.Concat(key.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}

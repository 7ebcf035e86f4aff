using System.Text;
using System.Text.Json;
using AirportOps.Cleaning.Oracle.Json;

namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>"Sources" of the cleaning page. The profiles are the product's data, for they are what is told; this reads them by other code.</summary>
internal sealed class ProfileRules
{
    private static readonly ProfileRules[] All = Load();

    private readonly Dictionary<string, string[]> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly List<string[]> _fingerprints = [];

    private ProfileRules(JsonElement json)
    {
        foreach (var property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "keys":
                    property.Value.EnumerateObject().ToList().ForEach(field => _keys.Add(field.Name, Names(field.Value)));
                    break;
                case "status_words":
                    property.Value.EnumerateObject().ToList().ForEach(word => _words.Add(KeyRules.Normalised(word.Name), word.Value.GetString()!));
                    break;
                case "fingerprints":
                    _fingerprints.AddRange(property.Value.EnumerateArray().Select(Names));
                    break;
                case "sources":
                    _lists.Add(property.Name, Names(property.Value));
                    break;
                default:
                    _lists.Add(property.Name, property.Value.ValueKind == JsonValueKind.Array
                        ? [.. property.Value.EnumerateArray().Select(value => value.GetString()!)]
                        : [property.Value.ToString()]);
                    break;
            }
        }
    }

    /// <summary>The type of events that don't say it; null for none.</summary>
    public string? EventType => _lists.GetValueOrDefault("event_type")?.Single();

    /// <summary>The character at which a status ends; null for none.</summary>
    public string? StatusEnd => _lists.GetValueOrDefault("status_ends_at")?.Single();

    /// <summary>The profile of an event; null for none.</summary>
    public static ProfileRules? Of(JsonObject item)
    {
        const int longest = 32;
        var source = KeyRules.Winner(FieldRules.Named("source"), KeyRules.Values(item))?.Member.Value as JsonString;
        var name = source is null || source.End - source.Start > longest ? "" : KeyRules.Normalised(Encoding.UTF8.GetString(source.Raw[1..^1]));
        var keys = Keys(item, "").ToHashSet(StringComparer.Ordinal);
        return All.FirstOrDefault(profile => name.Length > 0 && profile.Has("sources", name))
            ?? All.FirstOrDefault(profile => profile._fingerprints.Exists(set => set.All(keys.Contains)));
    }

    /// <summary>Whether a list of the profile has a value, or a flag is set.</summary>
    public bool Has(string list, string value = "True") => _lists.GetValueOrDefault(list)?.Contains(value) ?? false;

    /// <summary>Whether the profile has a list.</summary>
    public bool Has(string list, out string[] values) => _lists.TryGetValue(list, out values!);

    /// <summary>The status that a word means to the source, or active; null where it says none.</summary>
    public string? StatusOf(string word) => _words.GetValueOrDefault(KeyRules.Normalised(word));

    /// <summary>The keys that the source gives to a field.</summary>
    public string[] KeysOf(string field) => _keys.GetValueOrDefault(field, []);

    /// <summary>A field's rule with the keys of the source before its aliases, and without those that the source gives to another field.</summary>
    public FieldRule Applied(FieldRule rule)
    {
        var own = KeysOf(rule.Name);
        var others = _keys.Where(field => field.Key != rule.Name).SelectMany(field => field.Value).ToHashSet(StringComparer.Ordinal);
        return rule with { Aliases = [.. own, .. rule.Aliases.Except(own).Where(alias => !others.Contains(alias))] };
    }

    private static string[] Names(JsonElement list) => [.. list.EnumerateArray().Select(name => KeyRules.Normalised(name.GetString()!))];

    /// <summary>Every key with those of the objects around it, those of null values too; but for keys at the top in a field's exact spelling, which tell no source.</summary>
    private static IEnumerable<string> Keys(JsonObject item, string prefix)
    {
        foreach (var member in item.Members)
        {
            var isExact = prefix.Length == 0 && FieldRules.InOrder.Append(FieldRules.Designator).Any(rule => rule.Name == member.Key.Text);
            var joined = prefix + KeyRules.Normalised(member.Key.Text);
            IEnumerable<string> inner = member.Value is JsonObject child ? Keys(child, joined) : [];
            foreach (var key in isExact ? inner : inner.Prepend(joined))
            {
                yield return key;
            }
        }
    }

    private static ProfileRules[] Load()
    {
        using var stream = typeof(ProfileRules).Assembly.GetManifestResourceStream("profiles.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateArray().Select(profile => new ProfileRules(profile))];
    }
}

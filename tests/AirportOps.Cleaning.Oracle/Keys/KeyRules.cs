using System.Text;
using AirportOps.Cleaning.Oracle.Json;

namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>The row <c>key_alias</c>: which member of an event supplies which field.</summary>
internal static class KeyRules
{
    /// <summary>
    /// A key as keys and words compare: letters and digits only, without case. No key or word has letters outside ASCII, so those are kept as
    /// they are: a Kelvin sign is no k.
    /// </summary>
    public static string Normalised(string key) =>
        string.Concat(key.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(rune => rune.IsAscii ? Rune.ToLowerInvariant(rune) : rune));

    /// <summary>
    /// The values of an event with their keys joined, in their order. An object is no value but where it is a value with its unit
    /// under a key of a field that takes one.
    /// </summary>
    public static IReadOnlyList<KeyedValue> Values(JsonObject item)
    {
        var values = new List<KeyedValue>();
        Collect(item, "", isNested: false);
        return values;

        void Collect(JsonObject parent, string prefix, bool isNested)
        {
            foreach (var member in parent.Members)
            {
                var joined = prefix + Normalised(member.Key.Text);
                if (member.Value is JsonObject child && !(IsValueWithUnit(child) && FieldRules.InOrder.Any(rule => rule.TakesUnit && Rank(rule, joined) is not null)))
                {
                    Collect(child, joined, isNested: true);
                }
                else if (member.Value is not JsonNull)
                {
                    values.Add(new KeyedValue(member, joined, isNested ? null : member.Key.Text));
                }
            }
        }
    }

    /// <summary>
    /// Whether an object is <c>{"value":…,"unit":…}</c>, with these keys alone; where one misses it can't be read. Nulls are absent, and an
    /// object is no such value.
    /// </summary>
    public static bool IsValueWithUnit(JsonObject item)
    {
        var members = item.Members.Where(member => member.Value is not JsonNull).ToList();
        return members.Count > 0 && members.All(member => member.Value is not JsonObject && Normalised(member.Key.Text) is ("value" or "unit"));
    }

    /// <summary>
    /// The value that supplies a field: of the exact spelling, else of another spelling of it, else of the first alias; of equals the last.
    /// </summary>
    public static KeyedValue? Winner(FieldRule rule, IReadOnlyList<KeyedValue> values) =>
        values.LastOrDefault(value => value.ExactKey == rule.Name)
        ?? Enumerable.Range(0, rule.Aliases.Length + 1)
            .Select(rank => values.LastOrDefault(value => Rank(rule, value.JoinedKey) == rank))
            .FirstOrDefault(value => value is not null);

    /// <summary>0 for the field's own key, from 1 for its aliases; null for a key of something else.</summary>
    public static int? Rank(FieldRule rule, string joinedKey) =>
        joinedKey == Normalised(rule.Name) ? 0
        : Array.IndexOf(rule.Aliases, joinedKey) is var index and >= 0 ? index + 1
        : null;
}

using System.Text;
using AirportOps.Cleaning.Oracle.Json;

namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>The last row of the table of repairs: what no field took, as it came.</summary>
internal static class ExtrasRules
{
    private const int MaxBytes = 65_535;

    /// <summary>The extras of an event as a JSON object; null where none are left or <c>dropped_extras</c>.</summary>
    /// <param name="item">The event.</param>
    /// <param name="used">The members that supplied fields.</param>
    /// <param name="whole">The members whose object stands for a number with its unit: kept as it came.</param>
    /// <param name="repairs">Takes <c>dropped_extras</c> or <c>bad_utf8</c>.</param>
    public static string? Of(JsonObject item, IReadOnlySet<JsonMember> used, IReadOnlySet<JsonMember> whole, ISet<string> repairs)
    {
        var illFormed = false;
        var extras = Left(item, used, whole, ref illFormed);
        if (extras is null or "{}")
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(extras) > MaxBytes)
        {
            repairs.Add("dropped_extras");
            return null;
        }

        if (illFormed)
        {
            repairs.Add("bad_utf8");
        }

        return extras;
    }

    /// <summary>What is left of an object; null where it had members and none is left.</summary>
    private static string? Left(JsonObject item, IReadOnlySet<JsonMember> used, IReadOnlySet<JsonMember> whole, ref bool illFormed)
    {
        var left = new List<string>();
        foreach (var member in item.Members)
        {
            if (used.Contains(member) || member.Value is JsonNull)
            {
                continue;
            }

            var child = whole.Contains(member) ? null : member.Value as JsonObject;
            var value = child is not null ? Left(child, used, whole, ref illFormed) : member.Value.Spelling;
            if (value is not null)
            {
                illFormed |= member.Key.IsIllFormed || (child is null && member.Value.IsIllFormed);
                left.Add(member.Key.Spelling + ":" + value);
            }
        }

        return left.Count == 0 && item.Members.Count > 0 ? null : "{" + string.Join(",", left) + "}";
    }
}

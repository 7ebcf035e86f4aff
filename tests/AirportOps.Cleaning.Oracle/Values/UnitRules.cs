using System.Globalization;
using System.Text.RegularExpressions;
using AirportOps.Cleaning.Oracle.Json;
using AirportOps.Cleaning.Oracle.Keys;

namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>The row <c>unit</c>: weights in kilograms to 2 decimals, durations in minutes to 1 decimal or, in integer fields, to whole.</summary>
internal static class UnitRules
{
    private const int MaxDigits = 19;
    private const decimal KilogramsPerPound = 0.45359237m;
    private const string Number = NumberRules.Digits;

    private static readonly Regex Weight = new(
        $"^([+-]?)({Number}) *(?:(kg|kgs|kilogram|kilograms)|lb|lbs|pound|pounds)$", RegexOptions.CultureInvariant);

    private static readonly Regex Duration = new(
        $"^([+-]?)(?:({Number}) *(?:d|day|days) *)?(?:({Number}) *(?:h|hr|hrs|hour|hours) *)?" +
        $"(?:({Number}) *(?:m|min|mins|minute|minutes) *)?(?:({Number}) *(?:s|sec|secs|second|seconds))?$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Iso8601 = new(
        @"^([+-]?)p(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)d)?(?:t(?=[0-9.])(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)h)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)m)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)s)?)?$",
        RegexOptions.CultureInvariant);

    /// <summary>A text with a unit.</summary>
    public static FieldReading Read(FieldText text, FieldRule rule)
    {
        // Units are ASCII: a Kelvin sign is no k.
        var lower = string.Concat(text.Text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
        var value = rule.Kind == FieldKind.Kilograms ? Kilograms(lower) : Minutes(lower);
        return value is { } known ? Rounded(known, rule, text.IsTrimmed) : FieldReading.Bad;
    }

    /// <summary><c>{"value":20,"unit":"kg"}</c>, of equal keys the last.</summary>
    public static FieldReading Read(JsonObject item, FieldRule rule)
    {
        var value = Member("value");
        var unit = Member("unit");
        var number = NumberRules.FromText(value switch
        {
            JsonNumber => value.Spelling,
            JsonString text => text.Text.Trim(),
            _ => "",
        });

        // Unlike in a text, the number may have an exponent, which a decimal is written without.
        return number is not null && unit is JsonString name && Parse(number) is { } amount && name.Text.Trim().All(char.IsAsciiLetter)
            ? Read(new FieldText(amount.ToString(CultureInfo.InvariantCulture) + " " + name.Text.Trim(), false), rule)
            : FieldReading.Bad;

        JsonItem? Member(string key) =>
            item.Members.LastOrDefault(member => member.Value is not JsonNull && KeyRules.Normalised(member.Key.Text) == key)?.Value;
    }

    /// <summary>A plain number of seconds in a field of minutes.</summary>
    public static FieldReading Seconds(string number, FieldRule rule, string[] repairs) =>
        Parse(number) is { } seconds && Rounded(seconds / 60, rule, false) is { Value: { } minutes } ? FieldReading.Of(minutes, repairs) : FieldReading.Bad;

    private static decimal? Kilograms(string text)
    {
        var parts = Weight.Match(text);
        return parts.Success && Parse(parts.Groups[2].Value) is { } amount
            ? Signed(parts, parts.Groups[3].Success ? amount : amount * KilogramsPerPound)
            : null;
    }

    private static decimal? Minutes(string text)
    {
        var parts = Iso8601.Match(text) is { Success: true } iso ? iso : Duration.Match(text);
        if (!parts.Success || !Enumerable.Range(2, 4).Any(index => parts.Groups[index].Success))
        {
            return null;
        }

        var seconds = 0m;
        foreach (var (index, length) in new[] { (2, 86_400), (3, 3_600), (4, 60), (5, 1) })
        {
            if (parts.Groups[index].Success)
            {
                if (Parse(parts.Groups[index].Value) is not { } amount)
                {
                    return null;
                }

                seconds += amount * length;
            }
        }

        return Signed(parts, seconds / 60);
    }

    private static decimal Signed(Match parts, decimal value) => parts.Groups[1].Value == "-" ? -value : value;

    /// <summary>A number of at most 19 significant digits, far below what a decimal can't hold: nothing in range is above a million.</summary>
    private static decimal? Parse(string text) =>
        NumberRules.FromText(text) is { } number && NumberRules.SignificantDigits(number) <= MaxDigits
        && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1_000_000_000
            ? value
            : null;

    private static FieldReading Rounded(decimal value, FieldRule rule, bool isTrimmed)
    {
        var decimals = rule.Kind switch { FieldKind.Kilograms => 2, FieldKind.DecimalMinutes => 1, _ => 0 };
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded < rule.Min || rounded > rule.Max ? FieldReading.Bad
            : rule.Kind == FieldKind.Minutes ? FieldReading.Of((int)rounded, isTrimmed, "unit")
            : FieldReading.Of((double)rounded + 0.0, isTrimmed, "unit");
    }
}

using System.Globalization;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Narrows the quarantine. What is left out, or empty, narrows nothing; an event must meet all that is given, of each list one.</summary>
public sealed record QuarantineFilter
{
    private const string DatePrefix = "quarantine/date=";

    /// <summary>Everything.</summary>
    public static QuarantineFilter All { get; } = new();

    /// <summary>Reasons of refusal.</summary>
    public IReadOnlyCollection<string> Reasons { get; init; } = [];

    /// <summary>Fields at fault.</summary>
    public IReadOnlyCollection<string> Fields { get; init; } = [];

    /// <summary>Sources, as <see cref="EventSource"/> reads them.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>Lines by name.</summary>
    public IReadOnlyCollection<QuarantineReference> References { get; init; } = [];

    /// <summary>The first arrival taken.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The first arrival no longer taken.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether an object can hold events that match, by its key alone.</summary>
    internal bool MayMatch(string key)
    {
        if (References.Count > 0 && References.All(reference => reference.Key != key))
        {
            return false;
        }

        if (!key.StartsWith(DatePrefix, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(key.AsSpan(DatePrefix.Length, "yyyy-MM-dd".Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return true;
        }

        return !(day < DayOf(Since)) && !(day > DayOf(Until));
    }

    /// <summary>Whether a line matches.</summary>
    internal bool Matches(QuarantineReference reference, QuarantinedEvent refused) =>
        Takes(References, reference)
        && Takes(Reasons, refused.Reason)
        && (Fields.Count == 0 || (refused.Field is { } field && Takes(Fields, field)))
        && !(Arrived(refused) < Since)
        && !(Arrived(refused) >= Until)
        && (Sources.Count == 0 || (EventSource.Read(refused.Raw) is { } source && Takes(Sources, source)));

    private static bool Takes<T>(IReadOnlyCollection<T> list, T value) => list.Count == 0 || list.Contains(value);

    private static DateOnly? DayOf(DateTimeOffset? time) => time is { } given ? DateOnly.FromDateTime(given.UtcDateTime) : null;

    private DateTimeOffset? Arrived(QuarantinedEvent refused) =>
        Since is null && Until is null ? null : Iso8601.ToTime(refused.ArrivedMicros);
}

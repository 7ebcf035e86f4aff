using System.Globalization;

namespace AirportOps.Benchmarks.Freshness;

/// <summary>Seconds from append to visible of every event, in all and by minute of the run.</summary>
internal sealed class FreshnessReport
{
    private readonly SortedDictionary<int, List<double>> _staged = [];
    private readonly SortedDictionary<int, List<double>> _built = [];

    /// <summary>Adds events of one load.</summary>
    /// <param name="appended">Each event's time on the stream, UTC.</param>
    /// <param name="started">The start of the run.</param>
    /// <param name="staged">When their load could be read in staging.</param>
    /// <param name="built">When it could be read in Gold.</param>
    internal void Add(IEnumerable<DateTime> appended, DateTime started, DateTime staged, DateTime built)
    {
        foreach (var time in appended)
        {
            var minute = Math.Max(0, (int)(time - started).TotalMinutes);
            Of(_staged, minute).Add((staged - time).TotalSeconds);
            Of(_built, minute).Add((built - time).TotalSeconds);
        }
    }

    /// <summary>A line a minute and place, then one for the whole run.</summary>
    internal IEnumerable<string> Lines()
    {
        yield return $"{"seconds from append to visible",-34}{"events",10}{"p50",8}{"p90",8}{"p99",8}{"max",8}";
        foreach (var minute in _staged.Keys)
        {
            yield return Line($"minute {minute + 1}, staging", _staged[minute]);
            yield return Line($"minute {minute + 1}, gold and bi", _built[minute]);
        }

        yield return Line("all, staging", [.. _staged.Values.SelectMany(each => each)]);
        yield return Line("all, gold and bi", [.. _built.Values.SelectMany(each => each)]);
    }

    private static List<double> Of(SortedDictionary<int, List<double>> minutes, int minute) =>
        minutes.TryGetValue(minute, out var found) ? found : minutes[minute] = [];

    private static string Line(string name, List<double> seconds)
    {
        seconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34}{seconds.Count,10:N0}{At(seconds, 0.5),8:F2}{At(seconds, 0.9),8:F2}{At(seconds, 0.99),8:F2}{seconds[^1],8:F2}");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(sorted.Count * share))];
}

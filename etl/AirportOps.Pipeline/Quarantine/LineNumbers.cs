using System.Globalization;
using System.Text;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Ascending line numbers as text, runs drawn together: <c>1-3,7</c>.</summary>
internal static class LineNumbers
{
    /// <summary>The text of ascending numbers; null of none.</summary>
    internal static string? Format(IEnumerable<long> ascending)
    {
        var text = new StringBuilder();
        (long First, long Last)? run = null;
        foreach (var number in ascending)
        {
            if (run is { } open && number == open.Last + 1)
            {
                run = (open.First, number);
                continue;
            }

            Append(run);
            run = (number, number);
        }

        Append(run);
        return text.Length == 0 ? null : text.ToString();

        void Append((long First, long Last)? closed)
        {
            if (closed is { } whole)
            {
                text.Append(text.Length == 0 ? string.Empty : ",");
                text.Append(CultureInfo.InvariantCulture, $"{whole.First}");
                text.Append(whole.Last > whole.First ? string.Create(CultureInfo.InvariantCulture, $"-{whole.Last}") : string.Empty);
            }
        }
    }

    /// <summary>The numbers of such a text; none of null.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    internal static IEnumerable<long> Parse(string? text)
    {
        foreach (var run in text?.Split(',') ?? [])
        {
            var dash = run.IndexOf('-', StringComparison.Ordinal);
            var first = long.Parse(dash < 0 ? run : run[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
            var last = dash < 0 ? first : long.Parse(run[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            for (var number = first; number <= last; number++)
            {
                yield return number;
            }
        }
    }
}

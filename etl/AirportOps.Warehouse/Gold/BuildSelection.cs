using System.Text;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Gold;

/// <summary>A key that builds leave out, and why.</summary>
/// <param name="Entity">The staging table of its events.</param>
/// <param name="RowKey">What it is, as <c>ops.build_failure</c> spells it.</param>
/// <param name="Failure">How it fails.</param>
internal sealed record FailedKey(string Entity, string RowKey, StepFailureException Failure)
{
    private const int MaxMessageBytes = 1024;

    /// <summary>Its row of <c>build_failed</c>.</summary>
    internal object?[] ToRow() => [Entity, RowKey, Failure.Step, Failure.SqlState, Cut(Failure.Reason)];

    private static string Cut(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > MaxMessageBytes)
        {
            text = text[..^Math.Max(1, (text.Length - MaxMessageBytes) / 2)];
        }

        return text;
    }
}

/// <summary>The loads a build takes, as long as no other build comes first.</summary>
/// <param name="BuildNumber">The build's number, which it has only then.</param>
/// <param name="To">The last load.</param>
internal sealed record BuildRange(long BuildNumber, long To);

/// <summary>What an attempt of a build takes: by default all that is new.</summary>
internal sealed record BuildSelection
{
    /// <summary>The loads that an earlier attempt took, which this one takes again; null to take what is there.</summary>
    internal BuildRange? Range { get; init; }

    /// <summary>Only these keys, to see whether they can be built; null for all.</summary>
    internal KeySpan? Tried { get; init; }

    /// <summary>Keys to set aside.</summary>
    internal IReadOnlyList<FailedKey> SetAside { get; init; } = [];

    /// <summary>Numbers the keys that are to be built. The same loads give the same numbers.</summary>
    internal const string NumberKeys = """
        CREATE TEMP TABLE build_key AS
        SELECT k.entity, k.row_key, ROW_NUMBER() OVER (ORDER BY k.entity, k.row_key) AS key_number
        FROM (
            SELECT DISTINCT n.entity, n.row_key
            FROM build_new n
            LEFT JOIN build_failed f ON f.entity = n.entity AND f.row_key = n.row_key
            WHERE f.row_key IS NULL
        ) k
        """;

    /// <summary>Hides the new events of all keys but some.</summary>
    internal static IEnumerable<string> Hide(KeySpan tried, WarehouseEngine engine)
    {
        var without = tried.Without.Count == 0 ? "" : $" OR k.key_number IN ({string.Join(", ", tried.Without.Select(number => SqlText.Literal(number, engine)))})";
        yield return $"""
            INSERT INTO build_hidden (entity, event_id)
            SELECT n.entity, n.event_id
            FROM build_new n
            JOIN build_key k ON k.entity = n.entity AND k.row_key = n.row_key
            WHERE k.key_number < {SqlText.Literal(tried.First, engine)} OR k.key_number > {SqlText.Literal(tried.Last, engine)}{without}
            """;
        yield return "DELETE FROM build_new USING build_hidden WHERE build_new.entity = build_hidden.entity AND build_new.event_id = build_hidden.event_id";
    }
}

using System.Globalization;
using AirportOps.Reference;
using NodaTime;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>Both cleaners on the same records in the same order.</summary>
internal sealed class Comparison
{
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    private readonly ProductCleaner _product = new();
    private readonly OracleCleaner _oracle = new(ReferenceTables.Default, Horizon);
    private long _records;

    /// <summary>Cleans a record with both.</summary>
    /// <returns>Null where they agree; else the record and both outcomes.</returns>
    public string? Difference(byte[] record, long arrivedMicros)
    {
        var sequence = (++_records).ToString(CultureInfo.InvariantCulture);
        var actual = Told(() => _product.Clean(record, sequence, arrivedMicros));
        var expected = Told(() => Oracle(record, sequence, arrivedMicros));
        return expected.SequenceEqual(actual, StringComparer.Ordinal)
            ? null
            : $"record {Lines.Escaped(record)}\n  oracle  {string.Join("\n          ", expected)}\n  product {string.Join("\n          ", actual)}\n";
    }

    private List<string> Oracle(byte[] record, string sequence, long arrivedMicros)
    {
        var outcomes = _oracle.Clean(record, arrivedMicros);
        var rows = outcomes.OfType<OracleRow>()
            .Select(row => (Row: row, Entity: EntityNames.All.Single(entity => entity.EventType() == row.EventType), Date: DateOf(row)))
            .GroupBy(row => (row.Entity, row.Date))
            .SelectMany(set => set.Select(row => Lines.Row(row.Entity, row.Date, Columns(row.Row, row.Entity, sequence, arrivedMicros))));
        return
        [
            .. rows,
            .. outcomes.OfType<OracleDuplicate>().Select(_ => Lines.Duplicate),
            .. outcomes.OfType<OracleRefusal>().Select(refusal =>
                Lines.Refusal(refusal.Reason, refusal.Field, refusal.EventId, sequence, arrivedMicros, refusal.Raw.Span)),
        ];
    }

    private static DateOnly DateOf(OracleRow row) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddMicroseconds((long)row.Fields["event_time"]));

    private static IEnumerable<(string Name, string? Value)> Columns(OracleRow row, Entity entity, string sequence, long arrivedMicros) =>
        EventSchema.Columns(entity).Select(column => (column.Name, column.Name switch
        {
            "arrived" => arrivedMicros.ToString(CultureInfo.InvariantCulture),
            "repairs" => row.Repairs,
            "shard" => "shard-0",
            "sequence" => sequence,
            _ => Text(row.Fields.GetValueOrDefault(column.Name)),
        }));

    private static string? Text(object? value) => value switch
    {
        null => null,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        LocalDate date => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Neither may throw, whatever the bytes are; if one does, that is its outcome.</summary>
    private static IReadOnlyList<string> Told(Func<IReadOnlyList<string>> clean)
    {
        try
        {
            return clean();
        }
#pragma warning disable CA1031 // Whatever is thrown is what is to be shown.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return [thrown.ToString()];
        }
    }
}

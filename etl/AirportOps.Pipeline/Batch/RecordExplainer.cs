using System.Globalization;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Columns;
using AirportOps.Cleaning.Seen;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Batch;

/// <summary>Finds records in files and tells what cleaning makes of them, with the ids of all records before. Writes nothing.</summary>
/// <param name="reference">The reference tables to clean with.</param>
public sealed class RecordExplainer(ReferenceTables reference)
{
    /// <summary>Opens standard input.</summary>
    internal Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Goes through files in order, one record after the other.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="areBronze">Whether they are Bronze objects.</param>
    /// <param name="target">A record's number, in each file that has it; else an event_id, in every record that has it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="PipelineException">An input can't be read or is damaged.</exception>
    public IEnumerable<ExplainedRecord> Find(IReadOnlyList<BatchInput> inputs, bool areBronze, string target, CancellationToken cancellationToken)
    {
        var number = long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (long?)null;
        var cleaner = new EventCleaner(new CodeTables(reference), new CleanerOptions());
        using var seen = new SeenEvents(null, new SeenLimit(SeenLimit.DefaultInMemory, Path.GetTempPath()));
        var batch = new CleanBatch();
        var chunk = new RecordChunk();
        using var reader = new ChunkReader(BatchSources.Order(inputs, areBronze), new BatchLimits().ChunkBytes, StandardInput);
        while (reader.TryRead(chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < chunk.Records; i++)
            {
                batch.Clear();
                chunk.Clean(i, cleaner, batch);
                if (number is null ? !HasId(batch, target) : chunk.FirstNumber + i != number)
                {
                    batch.Settle(seen);
                    continue;
                }

                yield return new ExplainedRecord(chunk.Source.Name, chunk.FirstNumber + i, chunk[i].ToArray(), Explain(batch, seen));
            }
        }
    }

    private static bool HasId(CleanBatch batch, string id) =>
        batch.Refusals.Any(refusal => refusal.EventId == id)
        || batch.RowSets.Any(set => Enumerable.Range(0, set.Count).Any(row => TextOf(set.Columns[0], row) == id));

    private static List<ExplainedEvent> Explain(CleanBatch batch, SeenEvents seen)
    {
        var events = new List<ExplainedEvent>();
        batch.Settle(seen, (set, row, outcome) =>
        {
            // Conflicts follow among the refusals, with their detail.
            if (outcome != SeenOutcome.Conflict)
            {
                events.Add(new ExplainedEvent(outcome == SeenOutcome.New ? "row" : "duplicate", TextOf(set.Columns[0], row), null, FieldsOf(set, row)));
            }
        });
        events.AddRange(batch.Refusals.Select(refusal => new ExplainedEvent(refusal.Reason, refusal.EventId, refusal.Detail, [])));
        return events;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(RowSet set, int row) =>
    [
        .. set.Columns.Select(column => KeyValuePair.Create(column.Schema.Name, TextOf(column, row)))
            .Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!)),
    ];

    private static string? TextOf(Column column, int row)
    {
        if (!column.Schema.IsRequired && column.Levels[row] == 0)
        {
            return null;
        }

        var value = column.Schema.IsRequired ? row : column.Levels[..row].Count((byte)1);
        return column switch
        {
            Utf8Column text => Encoding.UTF8.GetString(text.Bytes[text.Offsets[value]..text.Offsets[value + 1]]),
            Int64Column instants => Iso8601.FromMicros(instants.Values[value]),
            DoubleColumn numbers => numbers.Values[value].ToString("R", CultureInfo.InvariantCulture),
            Int32Column dates when column.Schema.Type == ColumnType.Date =>
                DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(dates.Values[value]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Int32Column integers => integers.Values[value].ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"Column {column.Schema.Name} is a {column.GetType().Name}, which has no text."),
        };
    }
}

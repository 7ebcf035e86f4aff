using System.Globalization;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Seen;
using AirportOps.Pipeline.Firehose;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Batch;

/// <summary>Finds records in files and tells what cleaning makes of them, with the ids of all records before. Writes nothing.</summary>
/// <param name="reference">The reference tables to clean with.</param>
public sealed class RecordExplainer(ReferenceTables reference)
{
    /// <summary>Limits of the cleaner and profiles of sources; the published rules by default.</summary>
    public CleanerOptions Cleaning { get; init; } = new();

    /// <summary>Opens standard input.</summary>
    internal Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Goes through files in order, one record after the other.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="areBronze">Whether they are Bronze objects.</param>
    /// <param name="firehose">As of <see cref="BatchRequest.Firehose"/>.</param>
    /// <param name="target">A record's number, in each file that has it; else an event_id, in every record that has it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="PipelineException">An input can't be read or is damaged.</exception>
    public IEnumerable<ExplainedRecord> Find(
        IReadOnlyList<BatchInput> inputs,
        bool areBronze,
        FirehoseDelimiter? firehose,
        string target,
        CancellationToken cancellationToken)
    {
        var number = long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (long?)null;
        var codes = new CodeTables(reference);
        var cleaner = new EventCleaner(codes, Cleaning);
        var accounts = new List<EventAccount>();
        var telling = new EventCleaner(codes, Cleaning) { Told = accounts.Add };
        using var seen = new SeenEvents(null, new SeenLimit(SeenLimit.DefaultInMemory, Path.GetTempPath()));
        var batch = new CleanBatch();
        var chunk = new RecordChunk();
        using var reader = new ChunkReader(BatchSources.Order(inputs, areBronze, firehose), new BatchLimits(), StandardInput);
        while (reader.TryRead(chunk, cancellationToken))
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

                accounts.Clear();
                batch.Clear();
                chunk.Clean(i, telling, batch);
                yield return new ExplainedRecord(chunk.Source.Name, chunk.FirstNumber + i, chunk[i].ToArray(), Explain(batch, accounts, seen));
            }
        }
    }

    private static bool HasId(CleanBatch batch, string id) =>
        batch.Refusals.Any(refusal => refusal.EventId == id)
        || batch.RowSets.Any(set => Enumerable.Range(0, set.Count).Any(row => TextOf(set, row) == id));

    private static List<ExplainedEvent> Explain(CleanBatch batch, List<EventAccount> accounts, SeenEvents seen)
    {
        var events = new List<ExplainedEvent>();
        var refused = new Queue<EventAccount>(accounts.Where(account => !account.IsClean));
        var clean = new Queue<EventAccount>(accounts.Where(account => account.IsClean));
        var conflicts = new Queue<EventAccount>();
        batch.Settle(seen, (set, row, outcome) =>
        {
            var account = clean.Dequeue();
            if (outcome == SeenOutcome.Conflict)
            {
                // It follows among the refusals, with its detail.
                conflicts.Enqueue(account);
            }
            else
            {
                events.Add(new ExplainedEvent(outcome == SeenOutcome.New ? "row" : "duplicate", TextOf(set, row), null, null, account));
            }
        });
        events.AddRange(batch.Refusals.Select(refusal => new ExplainedEvent(
            refusal.Reason, refusal.EventId, refusal.Field, refusal.Detail, AccountOf(refusal.Reason, refused, conflicts))));
        return events;
    }

    private static EventAccount? AccountOf(string reason, Queue<EventAccount> refused, Queue<EventAccount> conflicts) => reason switch
    {
        "conflicting_duplicate" => conflicts.Dequeue(),
        "too_large" or "not_json" or "truncated" or "not_an_event" => null,
        _ => refused.Dequeue(),
    };

    private static string TextOf(RowSet set, int row) => Encoding.UTF8.GetString(set.EventIdOf(row));
}

using AirportOps.Reference;
using AirportOps.Simulator;
using AirportOps.Streams;

namespace AirportOps.Chaos.Feeding;

/// <summary>
/// Goes on where a killed source ended, so that the stream has every record once and its ledger is that of an undisturbed run. The simulator
/// makes the same records again; those that the stream has are left out.
/// </summary>
/// <remarks>
/// A batch that was being written may have arrived in part. Records of one key lie in one shard in order, so what has arrived is, key by key,
/// a beginning of what was sent; anything else is a fault of the stream, and so is a record missing whose write had been acknowledged.
/// </remarks>
internal static class ResumedSource
{
    /// <summary>The verb of this program that does it.</summary>
    internal const string Verb = "resume";

    /// <summary>Sends the rest and writes the whole ledger.</summary>
    /// <param name="stream">The stream's folder.</param>
    /// <param name="ledger">The ledger's file; what the killed source wrote of it is checked and replaced.</param>
    /// <param name="options">What the source sends.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The exit status: 0, or 1 after one line that says which promise the stream broke.</returns>
    internal static async Task<int> RunAsync(string stream, string ledger, SourceOptions options, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var acknowledgedLedger = File.Exists(ledger) ? new FileInfo(ledger).Length : 0;
        await using var opened = LocalStream.Open(stream, new LocalStreamOptions { ShardCount = options.Shards }, TimeProvider.System);
        await using (var writer = await opened.OpenWriterAsync(cancellationToken))
        {
            var arrived = await ArrivedAsync(opened, cancellationToken);
            foreach (var batch in new AirportSimulator(options.Simulator, ReferenceTables.Default).Batches())
            {
                using (batch)
                {
                    // simulate writes a batch's lines before its records, and only once the batch before is acknowledged.
                    await whole.WriteAsync(batch.Ledger, cancellationToken);
                    var wasAcknowledged = acknowledgedLedger > whole.Length;
                    var missing = batch.Records.Where(record => !Take(arrived, record))
                        .Select(record => new OutgoingRecord(record.PartitionKey, record.Data))
                        .ToList();
                    if (missing.Count == 0)
                    {
                        continue;
                    }

                    if (wasAcknowledged)
                    {
                        throw new SourceException(
                            $"{missing.Count} records of a batch are not on the stream, although it acknowledged them; "
                            + $"the first is number {batch.FirstRecordNumber} or later");
                    }

                    await writer.WriteAsync(missing, cancellationToken);
                    await Task.Delay(TimeSpan.FromSeconds((double)batch.Events / options.Rate), cancellationToken);
                }
            }

            if (arrived.Values.FirstOrDefault(records => records.Count > 0) is { } stray)
            {
                throw new SourceException($"the stream has records that nobody sent, among them one of the key '{stray.Peek().PartitionKey}'");
            }
        }

        await File.WriteAllBytesAsync(ledger, whole.ToArray(), cancellationToken);
        return 0;
    }

    /// <summary>Every record on the stream, in order for each key.</summary>
    private static async Task<Dictionary<string, Queue<StreamRecord>>> ArrivedAsync(LocalStream stream, CancellationToken cancellationToken)
    {
        var arrived = new Dictionary<string, Queue<StreamRecord>>(StringComparer.Ordinal);
        foreach (var (_, record) in await StreamRecords.ReadAllAsync(stream, cancellationToken))
        {
            if (!arrived.TryGetValue(record.PartitionKey, out var records))
            {
                arrived[record.PartitionKey] = records = [];
            }

            records.Enqueue(record);
        }

        return arrived;
    }

    /// <summary>Takes the next record of a key off what has arrived.</summary>
    /// <returns>False when nothing more of the key has arrived.</returns>
    private static bool Take(Dictionary<string, Queue<StreamRecord>> arrived, SimulatedRecord sent)
    {
        if (!arrived.TryGetValue(sent.PartitionKey, out var records) || !records.TryDequeue(out var record))
        {
            return false;
        }

        return record.Data.Span.SequenceEqual(sent.Data.Span)
            ? true
            : throw new SourceException($"record {record.Sequence} of the key '{sent.PartitionKey}' is not the next one that was sent");
    }
}

/// <summary>The stream broke a promise.</summary>
internal sealed class SourceException(string message) : Exception(message);

using AirportOps.Cleaning;
using AirportOps.Cleaning.Seen;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// Takes cleaned chunks in the order of the input: asks for their ids, gathers rows by entity and day, and cuts row groups. For one caller at a time; what
/// it cuts is written by the workers.
/// </summary>
internal sealed class BatchOutput(
    BatchRequest request,
    IReadOnlyList<BatchSource> sources,
    ReferenceTables reference,
    OutputFolder folder,
    BatchLimits limits,
    WorkQueue queue,
    StageProgress progress) : IDisposable
{
    private readonly SeenEvents _seen = new(null, new SeenLimit(request.IdsInMemory, folder.Scratch));
    private readonly Dictionary<(Entity Entity, DateOnly Day), SilverPartition> _silver = [];
    private readonly SortedDictionary<DateOnly, QuarantinePartition> _quarantine = [];
    private readonly BlockPool _pool = new();
    private readonly LedgerSum _ledger = new();
    private long? _watermarkMicros;
    private long _bufferedBytes;

    /// <summary>Takes a chunk.</summary>
    internal void Gather(RecordChunk chunk)
    {
        var batch = chunk.Batch;
        batch.Settle(_seen);
        foreach (var rows in batch.RowSets)
        {
            if (rows.Count > 0)
            {
                Append(rows);
            }
        }

        while (_bufferedBytes > limits.BufferedBytes)
        {
            Cut(_silver.Values.MaxBy(partition => partition.Bytes)!);
        }

        foreach (var refusal in batch.Refusals)
        {
            Append(refusal);
        }

        _watermarkMicros = batch.WatermarkMicros is { } latest ? Math.Max(_watermarkMicros ?? latest, latest) : _watermarkMicros;
        _ledger.Add(WindowWriter.LedgerOf(batch));
        progress.Add(records: batch.Records, events: batch.Events, rows: batch.Rows, duplicates: batch.Duplicates, refused: batch.Refused);
    }

    /// <summary>Has everything that is still gathered written, and every file completed.</summary>
    internal void Finish()
    {
        foreach (var partition in _silver.Values.OrderByDescending(partition => partition.Bytes))
        {
            partition.Finish();
        }

        foreach (var partition in _quarantine.Values)
        {
            partition.Finish();
        }
    }

    /// <summary>What was made; once everything is written.</summary>
    /// <param name="records">Records read of each source.</param>
    internal CleanManifest ToManifest(IReadOnlyList<long> records)
    {
        var files = _silver.OrderBy(entry => entry.Key.Entity).ThenBy(entry => entry.Key.Day).SelectMany(entry => entry.Value.Files).ToArray();
        progress.Add(outputs: files.Length, bytes: files.Sum(file => file.Bytes));
        return new CleanManifest
        {
            Inputs = [.. sources.Select((source, i) => new CleanedInput(source.Input.Shard, records[i], source.Framing == RecordFraming.BronzeLines ? null : source.Arrived))],
            Watermark = _watermarkMicros is { } latest ? Iso8601.ToTime(latest) : null,
            Ledger = _ledger.ToLedger(),
            Files = files,
            Quarantine = [.. _quarantine.Values.Select(partition => partition.File)],
            Rules = request.Cleaning.Rules,
            Reference = $"{reference.Version} {LocalClock.Version}",
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _seen.Dispose();
        foreach (var partition in _silver.Values)
        {
            partition.Dispose();
        }

        foreach (var partition in _quarantine.Values)
        {
            partition.Dispose();
        }
    }

    private void Append(RowSet rows)
    {
        if (!_silver.TryGetValue((rows.Entity, rows.EventDate), out var partition))
        {
            partition = new SilverPartition(rows.Entity, rows.EventDate, request.Layout, folder, limits.FileBytes, queue, _pool);
            _silver.Add((rows.Entity, rows.EventDate), partition);
        }

        _bufferedBytes -= partition.Bytes;
        partition.Append(rows);
        _bufferedBytes += partition.Bytes;
        if (partition.Bytes >= limits.RowGroupBytes)
        {
            Cut(partition);
        }
    }

    private void Cut(SilverPartition partition)
    {
        _bufferedBytes -= partition.Bytes;
        partition.Cut();
    }

    private void Append(Refusal refusal)
    {
        var day = DateOnly.FromDateTime(Iso8601.ToTime(refusal.ArrivedMicros).UtcDateTime);
        if (!_quarantine.TryGetValue(day, out var partition))
        {
            partition = new QuarantinePartition(day, folder, queue);
            _quarantine.Add(day, partition);
        }

        partition.Append(refusal);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Writes a cleaned window's objects and makes its manifest, which the caller commits. Objects are named by their content, so that writing
/// again is harmless and another worker's objects are never overwritten. Not thread-safe.
/// </summary>
/// <param name="lake">Where to.</param>
/// <param name="reference">The tables the rows were cleaned with.</param>
/// <param name="rules">The rules they were cleaned by, <see cref="CleanerOptions.Rules"/>.</param>
internal sealed class WindowWriter(ILake lake, ReferenceTables reference, string rules) : IDisposable
{
    private const string QuarantinePrefix = "quarantine/";

    private readonly SilverFileWriter _files = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, QuarantineFormat.WriterOptions);

    /// <summary>Writes all objects of a window.</summary>
    internal Task<WindowManifest> WriteAsync(CleanBatch batch, WindowRange range, CancellationToken cancellationToken) =>
        WriteAsync(batch, batch.Refusals, range, cancellationToken);

    /// <summary>Writes all objects of a window, but of its refusals only some: the ledger still counts all of the batch.</summary>
    internal async Task<WindowManifest> WriteAsync(
        CleanBatch batch,
        IReadOnlyList<Refusal> refusals,
        WindowRange range,
        CancellationToken cancellationToken)
    {
        var files = new List<WindowFile>();
        var puts = new List<Task>();
        foreach (var rows in batch.RowSets.Where(rows => rows.Count > 0).OrderBy(rows => rows.Entity).ThenBy(rows => rows.EventDate))
        {
            var content = new MemoryStream();
            var summary = _files.Write(rows, content);
            var folder = string.Create(CultureInfo.InvariantCulture, $"silver/{rows.Entity.Name()}/event_date={rows.EventDate:yyyy-MM-dd}/");
            var (key, sha256) = Put(folder, ".parquet", Written(content), range.Id, puts, cancellationToken);
            files.Add(new WindowFile(
                rows.Entity.Name(),
                rows.EventDate,
                key,
                summary.Rows,
                summary.Bytes,
                [.. summary.Columns.Select(column => new WindowColumn(column.Name, column.NullCount, column.Min, column.Max))],
                sha256));
        }

        var quarantine = WriteQuarantine(refusals, range.Id, puts, cancellationToken);
        WindowObject? ids = null;
        var accepted = batch.AcceptedEvents.Length;
        if (accepted > 0)
        {
            var content = WindowIds.Write(batch.AcceptedEvents);
            var (key, sha256) = Put($"silver/_ids/{range.Id.Stream}/{range.Id.Shard}/", ".ids", content, range.Id, puts, cancellationToken);
            ids = new WindowObject(key, accepted, content.Length, sha256);
        }

        await Task.WhenAll(puts).ConfigureAwait(false);
        var (lateRows, maxLateness) = Lateness.Of(batch.RowSets, range.WatermarkBefore);
        return new WindowManifest
        {
            Stream = range.Id.Stream,
            Shard = range.Id.Shard,
            Ordinal = range.Id.Ordinal,
            Generation = range.Id.Generation,
            LastSequenceBefore = range.LastSequenceBefore?.ToString(),
            FirstSequence = range.FirstSequence.ToString(),
            LastSequence = range.LastSequence.ToString(),
            FirstArrived = range.FirstArrived,
            LastArrived = range.LastArrived,
            Watermark = batch.WatermarkMicros is { } watermark ? Iso8601.ToTime(watermark) : null,
            WatermarkBefore = range.WatermarkBefore,
            LateRows = lateRows,
            MaxLatenessSeconds = maxLateness.TotalSeconds,
            ShardEnded = range.EndsShard,
            Gap = range.Gap,
            LastGapOrdinal = range.Gap is null ? range.LastGapBefore : range.Id.Ordinal,
            Ledger = LedgerOf(batch),
            Files = files,
            Quarantine = quarantine,
            Ids = ids,
            Rules = rules,
            Reference = $"{reference.Version} {LocalClock.Version}",
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _files.Dispose();
        _json.Dispose();
    }

    /// <summary>The ledger of a batch.</summary>
    internal static WindowLedger LedgerOf(CleanBatch batch) => new()
    {
        Records = batch.Records,
        Events = batch.Events,
        Rows = batch.Rows,
        Duplicates = batch.Duplicates,
        Refused = Sorted(batch.RefusedByReason),
        Repairs = Sorted(batch.Repairs),
    };

    private static SortedDictionary<string, long> Sorted(IReadOnlyDictionary<string, long> counts) =>
        new(counts.ToDictionary(), StringComparer.Ordinal);

    private List<WindowObject> WriteQuarantine(
        IReadOnlyList<Refusal> refusals,
        WindowId window,
        List<Task> puts,
        CancellationToken cancellationToken)
    {
        var objects = new List<WindowObject>();
        foreach (var day in refusals.GroupBy(refusal => DateOnly.FromDateTime(Iso8601.ToTime(refusal.ArrivedMicros).UtcDateTime)).OrderBy(day => day.Key))
        {
            var content = new MemoryStream();
            long lines = 0;
            using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            {
                foreach (var refusal in day)
                {
                    QuarantineFormat.WriteLine(refusal, gzip, _json);
                    lines++;
                }
            }

            var folder = string.Create(CultureInfo.InvariantCulture, $"{QuarantinePrefix}date={day.Key:yyyy-MM-dd}/");
            var (key, sha256) = Put(folder, ".jsonl.gz", Written(content), window, puts, cancellationToken);
            objects.Add(new WindowObject(key, lines, content.Length, sha256));
        }

        // A writer flushes to its stream when it is disposed; those of the quarantine are closed by now.
        _json.Reset(Stream.Null);
        return objects;
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream content) => content.GetBuffer().AsMemory(0, (int)content.Length);

    private (string Key, string Sha256) Put(string folder, string suffix, ReadOnlyMemory<byte> content, WindowId window, List<Task> puts, CancellationToken cancellationToken)
    {
        var hash = SealedJson.HashOf(content.Span);
        var key = $"{folder}{ObjectName.Of(window, hash)}{suffix}";
        puts.Add(lake.PutAsync(key, content, PutMode.Overwrite, cancellationToken));
        return (key, hash);
    }
}

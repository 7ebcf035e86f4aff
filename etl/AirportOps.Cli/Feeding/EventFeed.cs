using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Pipeline;
using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Sends raw records as they are, each under the key of what it is about.</summary>
/// <param name="keys">Finds the keys.</param>
/// <param name="writer">Takes the records.</param>
/// <param name="recordsPerSecond">How fast; null for as fast as it goes.</param>
/// <param name="skip">Records to pass over first, those of all files counted in their order.</param>
/// <param name="totalBytes">Bytes of all files as they are stored; 0 where that is not known.</param>
/// <param name="progress">Records, refused, bytes, input read.</param>
/// <param name="clock">Paces, and says when records arrive.</param>
internal sealed class EventFeed(
    PartitionKeyReader keys, IStreamWriter writer, double? recordsPerSecond, long skip, long totalBytes, StageProgress progress, TimeProvider clock)
{
    private const int MostAtOnce = 10_000;

    /// <summary>Paced, this many writes a second.</summary>
    private const int WritesPerSecond = 10;

    private readonly int _atOnce = recordsPerSecond is { } rate ? (int)Math.Clamp(rate / WritesPerSecond, 1, MostAtOnce) : MostAtOnce;
    private readonly long _started = clock.GetTimestamp();
    private readonly List<OutgoingRecord> _outgoing = [];
    private long _skipped;
    private long _sent;
    private long _bytesBefore;

    /// <summary>Records read, of all files: sent, not sent or passed over. What is counted here need not be read again.</summary>
    internal long Done { get; private set; }

    /// <summary>Sends the records of a file.</summary>
    /// <param name="records">The file.</param>
    /// <param name="bytes">Its size as it is stored; 0 where that is not known.</param>
    /// <param name="counts">Counts what becomes of them, also where this ends early.</param>
    /// <param name="notTaken">Told of each record that the stream can't take, and why.</param>
    /// <param name="cancellationToken">Stops between two writes.</param>
    internal async Task RunAsync(
        RecordLineReader records, long bytes, EventFileCounts counts, Action<RawRecord, string> notTaken, CancellationToken cancellationToken)
    {
        while (await records.ReadAsync(cancellationToken) is { Count: > 0 } read)
        {
            var left = new ReadOnlyMemory<RawRecord>([.. read]);
            var passed = (int)Math.Min(skip - _skipped, left.Length);
            (_skipped, Done, counts.Skipped) = (_skipped + passed, Done + passed, counts.Skipped + passed);
            for (left = left[passed..]; !left.IsEmpty; left = left[Math.Min(_atOnce, left.Length)..])
            {
                await SendAsync(left[..Math.Min(_atOnce, left.Length)], counts, notTaken, cancellationToken);
            }

            SayRead(_bytesBefore + records.BytesRead);
        }

        SayRead(_bytesBefore += bytes);
    }

    private void SayRead(long bytes)
    {
        if (totalBytes > 0)
        {
            progress.SetInput(bytes, totalBytes);
        }
    }

    private async Task SendAsync(
        ReadOnlyMemory<RawRecord> records, EventFileCounts counts, Action<RawRecord, string> notTaken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _outgoing.Clear();
        var sources = new long[Enum.GetValues<PartitionKeySource>().Length];
        var refused = new List<(RawRecord Record, string Reason)>();
        var arrived = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var record in records.Span)
        {
            if ((record.Data.IsEmpty ? $"has {record.Bytes} bytes" : writer.WhyNot(record.Data.Span)) is { } reason)
            {
                refused.Add((record, reason));
                continue;
            }

            _outgoing.Add(new OutgoingRecord(keys.Read(record.Data.Span, arrived, out var source), record.Data));
            sources[(int)source]++;
        }

        if (_outgoing.Count > 0)
        {
            await writer.WriteAsync(_outgoing, cancellationToken);
        }

        refused.ForEach(one => notTaken(one.Record, one.Reason));
        var bytes = _outgoing.Sum(record => (long)record.Data.Length);
        counts.Add(_outgoing.Count, refused.Count, bytes, sources);
        (Done, _sent) = (Done + records.Length, _sent + _outgoing.Count);
        progress.Add(records: _outgoing.Count, refused: refused.Count, bytes: bytes);
        if (recordsPerSecond is { } rate)
        {
            var due = TimeSpan.FromSeconds(_sent / rate) - clock.GetElapsedTime(_started);
            await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, clock, cancellationToken);
        }
    }
}

/// <summary>What became of the records of one file.</summary>
internal sealed class EventFileCounts
{
    private readonly long[] _keyedBy = new long[Enum.GetValues<PartitionKeySource>().Length];

    /// <summary>Records that the stream has.</summary>
    internal long Sent { get; private set; }

    /// <summary>Records that the stream can't take.</summary>
    internal long NotSent { get; private set; }

    /// <summary>Records passed over, as was asked for.</summary>
    internal long Skipped { get; set; }

    /// <summary>Bytes sent.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Records sent by what their key was made from.</summary>
    internal IReadOnlyDictionary<string, long> KeyedBy => Enum.GetValues<PartitionKeySource>().ToDictionary(
        source => source.ToString().ToLower(CultureInfo.InvariantCulture), source => _keyedBy[(int)source]);

    internal void Add(long sent, long notSent, long bytes, ReadOnlySpan<long> keyedBy)
    {
        (Sent, NotSent, Bytes) = (Sent + sent, NotSent + notSent, Bytes + bytes);
        for (var source = 0; source < keyedBy.Length; source++)
        {
            _keyedBy[source] += keyedBy[source];
        }
    }
}

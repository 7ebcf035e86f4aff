using System.Buffers.Text;
using System.Text;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>Some whole records of one input, and what came of them. Reused; used by one thread at a time.</summary>
internal sealed class RecordChunk
{
    private const int MostDigits = 20;

    private readonly List<(int Start, int Length)> _lines = [];

    /// <summary>The shard of the Bronze line read last: nearly always that of the next.</summary>
    private string _shard = string.Empty;
    private byte[] _shardUtf8 = [];

    /// <summary>The bytes of the lines.</summary>
    internal byte[] Buffer { get; set; } = [];

    /// <summary>Where the chunk stands in the input, from 0.</summary>
    internal long Index { get; set; }

    /// <summary>Number of its first record in its file, from 1.</summary>
    internal long FirstNumber { get; set; }

    /// <summary>The file.</summary>
    internal BatchSource Source { get; set; } = null!;

    /// <summary>How long its last line is where only the start of that is here; 0 where it is whole.</summary>
    internal long CutLineBytes { get; set; }

    /// <summary>How many records there are.</summary>
    internal int Records => _lines.Count;

    /// <summary>What came of the records.</summary>
    internal CleanBatch Batch { get; } = new();

    /// <summary>Bytes of a record.</summary>
    internal ReadOnlyMemory<byte> this[int index] => Buffer.AsMemory(_lines[index].Start, _lines[index].Length);

    /// <summary>Takes the lines of the buffer, the last of which may lack its line feed. Empty ones are no records.</summary>
    internal void SetLines(int length)
    {
        _lines.Clear();
        for (var start = 0; start < length;)
        {
            var found = Buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            var end = found < 0 ? length : start + found;
            var content = end > start && Buffer[end - 1] == '\r' ? end - 1 : end;
            if (content > start)
            {
                _lines.Add((start, content - start));
            }

            start = end + 1;
        }
    }

    /// <summary>Takes records found elsewhere, in place of any before.</summary>
    internal void SetRecords(IEnumerable<Range> records)
    {
        _lines.Clear();
        _lines.AddRange(records.Select(record => (record.Start.Value, record.End.Value - record.Start.Value)));
    }

    /// <summary>Cleans the records into <see cref="Batch"/>, ids not asked for.</summary>
    /// <exception cref="PipelineException">A line of a Bronze object is none.</exception>
    internal void Clean(EventCleaner cleaner)
    {
        Batch.Clear();
        for (var i = 0; i < _lines.Count; i++)
        {
            Clean(i, cleaner, Batch);
        }
    }

    /// <summary>Cleans one record, ids not asked for.</summary>
    internal void Clean(int index, EventCleaner cleaner, CleanBatch into)
    {
        Span<byte> digits = stackalloc byte[Math.Max(MostDigits, SequenceNumber.MaxDigits)];
        if (Source.Framing != RecordFraming.BronzeLines)
        {
            Utf8Formatter.TryFormat(FirstNumber + index, digits, out var written);
            var origin = new RecordOrigin(Source.ShardUtf8, digits[..written], Iso8601.ToMicros(Source.Arrived));
            if (CutLineBytes > 0 && index == Records - 1)
            {
                cleaner.RefuseTooLarge(this[index].Span, CutLineBytes, origin, into);
            }
            else
            {
                cleaner.Clean(this[index].Span, origin, null, into);
            }

            return;
        }

        var shard = _shard;
        if (!BronzeLine.TryRead(this[index], ref shard, out var record))
        {
            throw Source.Damaged($"line {FirstNumber + index} is no Bronze record", null);
        }

        if (Source.SkipThrough is { } copied && record.Sequence <= copied)
        {
            return;
        }

        record.Sequence.TryFormat(digits, out var length, default, null);
        if (!ReferenceEquals(shard, _shard))
        {
            (_shard, _shardUtf8) = (shard, Encoding.UTF8.GetBytes(shard));
        }

        cleaner.Clean(record.Data.Span, new RecordOrigin(_shardUtf8, digits[..length], Iso8601.ToMicros(record.Arrived)), null, into);
    }
}

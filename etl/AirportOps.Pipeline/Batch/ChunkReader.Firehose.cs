using AirportOps.Pipeline.Firehose;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>Reading objects of a delivery stream.</summary>
internal sealed partial class ChunkReader
{
    /// <summary>What a delivery stream may be set to write and this program does not read, by the first bytes.</summary>
    private static readonly (byte[] Start, string What)[] Foreign =
    [
        ([.. "PK"u8, 3, 4], "zip"),
        ([0xff, 6, 0, 0, .. "sNaPpY"u8], "Snappy"),
        ([0x82, .. "SNAPPY"u8], "Snappy"),
        ([.. "PAR1"u8], "Parquet"),
        ([.. "ORC"u8], "ORC"),
    ];

    private readonly List<Range> _found = [];
    private FirehoseScanner? _scanner;

    /// <summary>Fills a chunk with the whole records that fit; false when none are left.</summary>
    private bool TryFillRecords(RecordChunk chunk, BatchSource source)
    {
        var limit = Math.Max(limits.ChunkBytes, _carriedBytes);
        var filled = TakeCarried(chunk, limit);
        while (true)
        {
            if (!_isAtEnd)
            {
                var room = chunk.Buffer.AsSpan(filled, limit - filled);
                var read = _content!.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
                _isAtEnd = read < room.Length;
                filled += read;
            }

            // A value longer than what is held at a time is taken for broken there, like one that all bytes end in.
            var next = Find(chunk.Buffer.AsSpan(0, filled), source, isCut: !_isAtEnd && filled >= limits.LineBytes);
            if (_found.Count > 0 || _isAtEnd)
            {
                Carry(chunk, next, filled);
                chunk.SetRecords(_found);
                return _found.Count > 0;
            }

            // White space before a record takes no room.
            chunk.Buffer.AsSpan(next, filled - next).CopyTo(chunk.Buffer);
            filled -= next;
            limit = filled < limit ? limit : Math.Min(2 * limit, Math.Max(limit, limits.LineBytes));
            Reserve(chunk, limit);
        }
    }

    /// <summary>Finds the records in some bytes; where nothing is whole in as many as may be, the one that is cut.</summary>
    /// <returns>Where to go on.</returns>
    private int Find(ReadOnlySpan<byte> bytes, BatchSource source, bool isCut)
    {
        _found.Clear();
        CheckIsRead(bytes, source);
        var scanner = _scanner ?? FirehoseScanner.For(source.Delimiter, bytes, _isAtEnd || isCut);
        var next = 0;
        while (scanner.TryNext(bytes, next, _isAtEnd, out var record))
        {
            _found.Add(record);
            next = record.End.Value;
        }

        if (_found.Count == 0 && isCut && scanner.TryNext(bytes, next, isEnd: true, out var cut))
        {
            _found.Add(cut);
            next = cut.End.Value;
        }

        // The delimiter shows in whole records only.
        _scanner = _found.Count > 0 ? scanner : _scanner;
        return _found.Count > 0 ? next : bytes.Length - bytes.TrimStart(" \t\r\n"u8).Length;
    }

    private void CheckIsRead(ReadOnlySpan<byte> beginning, BatchSource source)
    {
        foreach (var (start, what) in Foreign)
        {
            if (_scanner is null && beginning.StartsWith(start))
            {
                throw new PipelineException(
                    $"{source.Name} is {what}, which is not read. Set the delivery stream to GZIP or no compression, and to no conversion of the format.", Fault.Operator, null);
            }
        }
    }
}

using AirportOps.Pipeline.Firehose;

namespace AirportOps.Pipeline.Batch;

/// <summary>Reading objects of a delivery stream.</summary>
internal sealed partial class ChunkReader
{
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
                filled = ReadUpTo(chunk, filled, limit);
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
}

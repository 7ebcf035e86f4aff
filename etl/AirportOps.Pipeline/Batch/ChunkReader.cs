using System.IO.Compression;
using AirportOps.Pipeline.Bronze;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// Reads inputs one after another in chunks that end where records do. Where chunks are cut follows from the bytes alone, however they arrive. For one
/// caller at a time.
/// </summary>
/// <param name="sources">The inputs in order.</param>
/// <param name="limits">Bytes of a chunk, more where a record is longer, and of a line.</param>
/// <param name="standardInput">Opens standard input.</param>
internal sealed partial class ChunkReader(IReadOnlyList<BatchSource> sources, BatchLimits limits, Func<Stream> standardInput) : IDisposable
{
    /// <summary>A Bronze line has its record in it, so it can't be cut; one over this is none.</summary>
    private const int LongestBronzeLine = 256 << 20;

    /// <summary>Bytes passed over at a time in a line that is cut.</summary>
    private const int PassedOverBytes = 1 << 16;

    private readonly long[] _records = new long[sources.Count];
    private int _next;
    private Stream? _stored;
    private Stream? _content;
    private byte[] _carried = [];
    private int _carriedBytes;
    private bool _isAtEnd;
    private long _chunks;

    /// <summary>Of a Bronze object of ours, the last record read.</summary>
    private SequenceNumber? _lastSequence;
    private string _shard = "";
    private long _bytesBefore;

    /// <summary>Records read of each input.</summary>
    internal IReadOnlyList<long> Records => _records;

    /// <summary>Bytes read as stored, over all inputs.</summary>
    internal long BytesRead => _bytesBefore + PositionOf(_stored);

    /// <summary>Reads the next chunk.</summary>
    /// <param name="chunk">Takes the records.</param>
    /// <param name="cancellationToken">Ends the waiting for an input that is no file; the same one each time.</param>
    /// <returns>False at the end of all inputs.</returns>
    /// <exception cref="PipelineException">An input can't be read, or is damaged.</exception>
    internal bool TryRead(RecordChunk chunk, CancellationToken cancellationToken)
    {
        while (_content is not null || _next < sources.Count)
        {
            var source = _content is null ? sources[_next] : sources[_next - 1];
            try
            {
                Open(source, cancellationToken);
                if (Fill(chunk, source))
                {
                    return true;
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw new PipelineException($"{source.Name} can't be read: {unreadable.Message}", Fault.Operator, unreadable);
            }
            catch (InvalidDataException damaged)
            {
                throw source.Damaged($"after record {_records[_next - 1]} it can't be decompressed, or ends early", damaged);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Open(BatchSource source, CancellationToken cancellationToken)
    {
        if (_content is not null)
        {
            return;
        }

        _next++;
        (_isAtEnd, _scanner, _lastSequence) = (false, null, null);
        _stored = OpenStored(source.Input, cancellationToken);
        _stored = _stored.CanSeek ? _stored : new InterruptibleStream(_stored, cancellationToken);
        var start = new byte[BronzeLink.MaxBytes];
        var known = _stored.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var isCompressed = known >= 2 && start is [0x1f, 0x8b, ..];
        if (source is { SkipThrough: { } last, AcceptsGap: false } && BronzeLink.TryRead(start.AsSpan(0, known), out var before) && before > last)
        {
            throw new PipelineException(
                $"{BronzeDamage.Hole(source.Name, last, before.Value)} If only these objects are to be cleaned, add --accept-gaps.", Fault.Operator, null);
        }

        if (!isCompressed && source.Input.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && known > 0)
        {
            throw new PipelineException($"{source.Name} is not compressed, as its name says. Name it without .gz if it is plain lines.", Fault.Operator, null);
        }

        if (_stored.CanSeek)
        {
            _stored.Seek(0, SeekOrigin.Begin);
            _content = _stored;
        }
        else
        {
            _content = new PrefixedStream(start.AsMemory(0, known), _stored);
        }

        _content = isCompressed ? new GZipStream(_content, CompressionMode.Decompress) : _content;
    }

    private Stream OpenStored(BatchInput input, CancellationToken cancellationToken) =>
        input.Path == BatchInput.StandardInput ? standardInput()

            // The caller is a thread of its own, which has nothing else to do.
            : input.Lake is { } lake ? lake.OpenReadAsync(input.Key, cancellationToken).GetAwaiter().GetResult()
            : new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);

    /// <summary>Fills a chunk with the records that fit.</summary>
    private bool Fill(RecordChunk chunk, BatchSource source)
    {
        chunk.CutLineBytes = 0;
        if (!(source.Framing == RecordFraming.Firehose ? TryFillRecords(chunk, source) : TryFillLines(chunk, source)))
        {
            Close();
            return source.Bronze is { } name && (_lastSequence is null || _lastSequence < name.Last)
                ? throw new PipelineException(BronzeDamage.EndsEarly(source.Name), Fault.Operator, null)
                : false;
        }

        if (source.Bronze is not null && BronzeLine.TryRead(chunk[chunk.Records - 1], ref _shard, out var lastRecord))
        {
            _lastSequence = lastRecord.Sequence;
        }

        chunk.Source = source;
        chunk.Index = _chunks++;
        chunk.FirstNumber = _records[_next - 1] + 1;
        _records[_next - 1] += chunk.Records;
        return true;
    }

    /// <summary>Fills a chunk up to the last line end that fits; false when only empty lines or none are left.</summary>
    private bool TryFillLines(RecordChunk chunk, BatchSource source)
    {
        var found = false;
        while (!found && !(_isAtEnd && _carriedBytes == 0))
        {
            // The buffer may be larger from a long line before; how much is taken must not depend on that.
            var limit = Math.Max(limits.ChunkBytes, _carriedBytes);
            var filled = TakeCarried(chunk, limit);
            chunk.SetLines(FillToLineEnd(chunk, filled, limit, source));
            found = chunk.Records > 0;
        }

        return found;
    }

    /// <summary>Puts what is left from the chunk before at the start of a buffer.</summary>
    private int TakeCarried(RecordChunk chunk, int limit)
    {
        Reserve(chunk, limit);
        _carried.AsSpan(0, _carriedBytes).CopyTo(chunk.Buffer);
        var filled = _carriedBytes;
        _carriedBytes = 0;
        return filled;
    }

    private int FillToLineEnd(RecordChunk chunk, int filled, int limit, BatchSource source)
    {
        for (var searched = 0; ; searched = filled)
        {
            if (!_isAtEnd)
            {
                var room = chunk.Buffer.AsSpan(filled, limit - filled);
                var read = _content!.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
                _isAtEnd = read < room.Length;
                filled += read;
            }

            if (_isAtEnd)
            {
                // The buffer holds at most one chunk and a line begun, so what is left is cut as it would be before the end.
                return CutAt(chunk, filled);
            }

            var lineEnd = chunk.Buffer.AsSpan(searched, filled - searched).LastIndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                var end = searched + lineEnd + 1;
                Carry(chunk, end, filled);
                return end;
            }

            var isBronze = source.Framing == RecordFraming.BronzeLines;
            var most = isBronze ? LongestBronzeLine : limits.LineBytes;
            if (filled >= most)
            {
                chunk.CutLineBytes = isBronze
                    ? throw source.Damaged($"the line after record {_records[_next - 1]} is over {most >> 20} MiB", null)
                    : filled + PassOverLine();
                return filled;
            }

            limit = Math.Min(2 * limit, most);
            Reserve(chunk, limit);
        }
    }

    /// <summary>Passes over the rest of a line; what was read of the next ones is carried.</summary>
    /// <returns>How many bytes the rest had.</returns>
    private long PassOverLine()
    {
        var buffer = new byte[PassedOverBytes];
        for (long passed = 0; ; passed += buffer.Length)
        {
            // Whole buffers, so that how much is carried follows from the bytes alone.
            var read = _content!.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            _isAtEnd = read < buffer.Length;
            var lineEnd = buffer.AsSpan(0, read).IndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                _carriedBytes = read - lineEnd - 1;
                _carried = buffer[(lineEnd + 1)..];
                return passed + lineEnd;
            }

            if (_isAtEnd)
            {
                return passed + read;
            }
        }
    }

    private int CutAt(RecordChunk chunk, int filled)
    {
        if (sources[_next - 1].Framing == RecordFraming.BronzeLines && filled > 0 && chunk.Buffer[filled - 1] != '\n')
        {
            throw sources[_next - 1].Damaged("it ends within a line", null);
        }

        return filled;
    }

    private void Carry(RecordChunk chunk, int start, int end)
    {
        _carriedBytes = end - start;
        if (_carried.Length < _carriedBytes)
        {
            _carried = new byte[Math.Max(_carriedBytes, 1 << 14)];
        }

        chunk.Buffer.AsSpan(start, _carriedBytes).CopyTo(_carried);
    }

    private static long PositionOf(Stream? stored) => stored switch
    {
        { CanSeek: true } => stored.Position,
        InterruptibleStream stream => stream.BytesRead,
        _ => 0,
    };

    private static void Reserve(RecordChunk chunk, int bytes)
    {
        if (chunk.Buffer.Length < bytes)
        {
            var larger = new byte[bytes];
            chunk.Buffer.CopyTo(larger, 0);
            chunk.Buffer = larger;
        }
    }

    private void Close()
    {
        _bytesBefore += PositionOf(_stored);
        _content?.Dispose();
        _stored?.Dispose();
        (_content, _stored) = (null, null);
    }
}

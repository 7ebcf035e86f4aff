using System.Runtime.ExceptionServices;
using AirportOps.Files;
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
    private ExceptionDispatchInfo? _failure;
    private CancellationToken _cancellationToken;

    /// <summary>Bytes in the buffer that is being filled.</summary>
    private int _filled;

    /// <summary>Of a Bronze object of ours, the last record read.</summary>
    private SequenceNumber? _lastSequence;
    private string _shard = "";
    private long _bytesBefore;

    /// <summary>Called each time that some more was read: a record that is passed over may be as long as a disk.</summary>
    internal Action Advanced { get; init; } = () => { };

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
        // The next worker, which comes before the first one's failure has stopped it, would fail elsewhere.
        _failure?.Throw();
        _cancellationToken = cancellationToken;
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
            catch (Exception unreadable) when (unreadable is not OperationCanceledException)
            {
                _failure = ExceptionDispatchInfo.Capture(Explain(unreadable, chunk, source));
                _failure.Throw();
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
        (_isAtEnd, _filled, _scanner, _lastSequence) = (false, 0, null, null);
        _stored = OpenStored(source.Input, cancellationToken);
        _stored = _stored.CanSeek ? _stored : new InterruptibleStream(_stored, cancellationToken);
        var start = new byte[BronzeLink.MaxBytes];
        var known = _stored.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (source is { SkipThrough: { } last, AcceptsGap: false } && BronzeLink.TryRead(start.AsSpan(0, known), out var before) && before > last)
        {
            throw new PipelineException(
                $"{BronzeDamage.Hole(source.Name, last, before.Value)} If only these objects are to be cleaned, add --accept-gaps.", Fault.Operator, null);
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

        _content = source.Framing == RecordFraming.Lines ? InputContent.OpenLines(_content, source.Name) : InputContent.Open(_content, source.Name);
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
                filled = ReadUpTo(chunk, filled, limit);
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
            Advance();
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

    /// <summary>Reads until the buffer is filled up to a limit, or all is read.</summary>
    /// <returns>How many bytes the buffer holds.</returns>
    private int ReadUpTo(RecordChunk chunk, int filled, int limit)
    {
        for (_filled = filled; _filled < limit && !_isAtEnd;)
        {
            var read = _content!.Read(chunk.Buffer.AsSpan(_filled, limit - _filled));
            _filled += read;
            _isAtEnd = read == 0;
        }

        Advance();

        return _filled;
    }

    private Exception Explain(Exception unreadable, RecordChunk chunk, BatchSource source) => unreadable switch
    {
        InvalidDataException =>
            source.Damaged($"after record {_records[_next - 1] + RecordsIn(chunk, source)} it can't be decompressed: {unreadable.Message}", unreadable),
        InputFormatException when source.Framing == RecordFraming.Firehose => new PipelineException(
            $"{unreadable.Message} Or set the delivery stream to GZIP or no compression, and to no conversion of the format.", Fault.Operator, unreadable),
        InputFormatException => new PipelineException(unreadable.Message, Fault.Operator, unreadable),
        IOException or UnauthorizedAccessException => new PipelineException($"{source.Name} can't be read: {unreadable.Message}", Fault.Operator, unreadable),
        _ => unreadable,
    };

    /// <summary>How many records stand whole in a buffer that could not be filled.</summary>
    private int RecordsIn(RecordChunk chunk, BatchSource source)
    {
        var whole = source.Framing == RecordFraming.Firehose ? 0 : chunk.Buffer.AsSpan(0, _filled).LastIndexOf((byte)'\n') + 1;
        chunk.SetLines(whole);
        return chunk.Records;
    }

    private void Advance()
    {
        Advanced();
        _cancellationToken.ThrowIfCancellationRequested();
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

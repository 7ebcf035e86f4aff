namespace AirportOps.Cli.Feeding;

/// <summary>A raw record of a file.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Data">Its bytes without the line end; empty where it is too long to be held.</param>
/// <param name="Bytes">How long it is.</param>
internal readonly record struct RawRecord(long Number, ReadOnlyMemory<byte> Data, long Bytes);

/// <summary>
/// Reads records that stand one a line, byte for byte, as soon as they are there: who writes into a pipe need not fill a buffer first. Empty lines are no
/// records.
/// </summary>
/// <param name="content">The lines; disposed with the reader.</param>
/// <param name="stored">The file that the content is read from; null where it has no size to speak of.</param>
/// <param name="isOneRecord">Whether all of it is one record, line ends and all.</param>
internal sealed class RecordLineReader(Stream content, FileStream? stored = null, bool isOneRecord = false) : IDisposable
{
    private const int FirstBufferBytes = 1 << 20;

    /// <summary>A longer line is passed over: no stream takes it.</summary>
    private const int LongestLine = 64 << 20;

    private readonly List<RawRecord> _records = [];
    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private long _number;
    private long _passedOver;
    private bool _isAtEnd;

    /// <summary>Bytes read so far, as they are stored.</summary>
    internal long BytesRead => stored?.Position ?? 0;

    /// <summary>Reads the next records, at least one.</summary>
    /// <returns>The records, valid until the next call; none at the end.</returns>
    internal async ValueTask<IReadOnlyList<RawRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        _records.Clear();
        while (_records.Count == 0 && !_isAtEnd)
        {
            MakeRoom();

            // A read of a terminal or a pipe lasts for ever where nobody writes; stopped, the run leaves it to its thread.
            var free = _buffer.AsMemory(_end);
            var read = await Task.Run(() => content.Read(free.Span), CancellationToken.None).WaitAsync(cancellationToken);
            var searchFrom = _end;
            _end += read;
            _isAtEnd = read == 0;
            TakeLines(searchFrom);
        }

        return _records;
    }

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();

    /// <summary>Moves what is left of the line begun to the start, and makes the buffer larger where that is full of it.</summary>
    private void MakeRoom()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length < LongestLine)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        else
        {
            (_passedOver, _end) = (_passedOver + _end, 0);
        }
    }

    private void TakeLines(int searchFrom)
    {
        while (!isOneRecord && _buffer.AsSpan(searchFrom.._end).IndexOf((byte)'\n') is var at and >= 0)
        {
            Take(searchFrom + at);
            _start = searchFrom += at + 1;
        }

        if (_isAtEnd)
        {
            Take(_end);
            _start = _end;
        }
    }

    private void Take(int lineEnd)
    {
        var end = lineEnd > _start && _buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (_passedOver > 0)
        {
            _records.Add(new RawRecord(++_number, default, _passedOver + end - _start));
        }
        else if (end > _start)
        {
            _records.Add(new RawRecord(++_number, _buffer.AsMemory(_start..end), end - _start));
        }

        _passedOver = 0;
    }
}

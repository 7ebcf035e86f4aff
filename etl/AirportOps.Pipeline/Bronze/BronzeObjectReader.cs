using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>Reads the records of one Bronze object, in its order. For one caller at a time.</summary>
public sealed class BronzeObjectReader : IAsyncDisposable
{
    /// <summary>Below the size from which arrays go to the large object heap.</summary>
    private const int BufferBytes = 80_000;

    private readonly GzipMembers _content;
    private readonly string _name;
    private string _shard = "";
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private long _line;

    /// <summary>Starts reading.</summary>
    /// <param name="content">The object's content as stored; disposed with the reader.</param>
    /// <param name="name">The object's key or the file's path, for messages.</param>
    public BronzeObjectReader(Stream content, string name) => (_content, _name) = (new GzipMembers(content), name);

    /// <summary>The shard of the records given last; empty before any.</summary>
    public string Shard => _shard;

    /// <summary>The next records, as many as there are up to a limit.</summary>
    /// <param name="maxRecords">The most records to give, from 1.</param>
    /// <param name="maxBytes">The most bytes of data to give, from 1. A greater record is given alone.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Records whose data stays valid; none at the object's end.</returns>
    /// <exception cref="StreamException">The object is damaged: says where.</exception>
    public async Task<IReadOnlyList<StreamRecord>> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        var records = new List<StreamRecord>();
        var bytes = 0L;
        while (records.Count < maxRecords)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length < 0)
            {
                if (!await FillAsync(cancellationToken).ConfigureAwait(false)) break;
                continue;
            }

            var record = Parse(_buffer.AsMemory(_start, length));
            bytes += record.Data.Length;
            if (records.Count > 0 && bytes > maxBytes) break;
            records.Add(record);
            _start += length + 1;
            _line++;
        }

        return records;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private StreamRecord Parse(ReadOnlyMemory<byte> line) =>
        BronzeLine.TryRead(line, ref _shard, out var record)
            ? record
            : throw Damaged($"line {_line + 1} is no Bronze record", null);

    /// <summary>Gets more bytes behind the unfinished line; false at the end.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        // Records given away refer to the buffer, so it is left to them.
        var unfinished = _end - _start;
        var next = new byte[Math.Max(BufferBytes, unfinished * 2)];
        _buffer.AsSpan(_start, unfinished).CopyTo(next);
        int read;
        try
        {
            read = await _content.ReadAtLeastAsync(next.AsMemory(unfinished), next.Length - unfinished, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged($"after line {_line} it can't be decompressed: {exception.Message}", exception);
        }

        if (read == 0 && unfinished > 0) throw Damaged($"it ends within line {_line + 1}", null);
        (_buffer, _start, _end) = (next, 0, unfinished + read);
        return read > 0;
    }

    private StreamException Damaged(string how, Exception? cause) =>
        new($"The Bronze object {_name} is damaged: {how}. Fetch it again, or archive its records anew while the stream has them.", Fault.Operator, cause);
}

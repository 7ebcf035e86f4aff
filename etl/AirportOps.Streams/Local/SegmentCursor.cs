using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>Walks the frames of one segment, which may still be growing. Owns the file.</summary>
/// <param name="path">For messages.</param>
/// <param name="file">The segment.</param>
/// <param name="header">Its header.</param>
internal sealed class SegmentCursor(string path, SafeFileHandle file, SegmentHeader header) : IDisposable
{
    /// <summary>Bytes read at once: many enough that a call costs nothing beside the checksums, few enough to stay in the cache.</summary>
    private const int ChunkBytes = 1 << 19;

    private readonly uint _seed = header.Seed;
    private Chunk? _chunk;
    private int _position;
    private Frame _frame;
    private bool _hasFrame;
    private (long Offset, long Length) _searched;

    /// <summary>For messages.</summary>
    public string Path { get; } = path;

    /// <summary>The segment's header.</summary>
    public SegmentHeader Header { get; } = header;

    /// <summary>Where in the file the current frame starts or, without one, the next will.</summary>
    public long Offset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>Bytes in the file now.</summary>
    public long FileLength => RandomAccess.GetLength(file);

    /// <summary>The memory the current frame lies in.</summary>
    public Chunk Chunk => _chunk ?? throw new InvalidOperationException("There is no current frame.");

    /// <summary>The current frame's bytes.</summary>
    public ReadOnlyMemory<byte> FrameBytes => Chunk.Content.Slice(_position, _frame.Length);

    /// <summary>Looks at what stands at <see cref="Offset"/>.</summary>
    /// <returns>
    /// Complete: <paramref name="frame"/> is the current frame. Incomplete: nothing that counts stands there, yet; the rest of a write that
    /// failed looks like that too. Bad: a frame was durable there and is damaged.
    /// </returns>
    public FrameState Peek(out Frame frame)
    {
        _hasFrame = _hasFrame || TryParse() || TryLoad();
        var state = _hasFrame ? FrameState.Complete : FrameState.Incomplete;
        if (!_hasFrame && DurableFrameFollows())
        {
            // The first look may have come in the middle of a write that is now done.
            _hasFrame = TryLoad();
            state = _hasFrame ? FrameState.Complete : FrameState.Bad;
        }

        frame = _frame;
        return state;
    }

    /// <summary>Goes behind the current frame.</summary>
    public void Advance()
    {
        Offset += _frame.Length;
        _position += _frame.Length;
        _hasFrame = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk?.Dispose();
        _chunk = null;
        file.Dispose();
    }

    private bool TryParse() =>
        _chunk is not null && Frame.Read(_chunk.Content.Span[_position..], _seed, out _frame) == FrameState.Complete;

    private bool TryLoad()
    {
        _chunk?.Dispose();
        _chunk = null;
        var available = FileLength - Offset;
        var wanted = Math.Min(available, ChunkBytes);
        while (wanted >= Frame.HeaderBytes)
        {
            _chunk = Load(Offset, (int)wanted);
            _position = 0;
            if (TryParse())
            {
                return true;
            }

            var isLonger = Frame.Read(_chunk.Content.Span, _seed, out var partial) == FrameState.Incomplete && partial.Length <= available;
            wanted = isLonger && partial.Length > wanted ? partial.Length : 0;
            _chunk.Dispose();
            _chunk = null;
        }

        return false;
    }

    private Chunk Load(long offset, int count)
    {
        var chunk = new Chunk(count);
        int read;
        while (chunk.Length < count && (read = RandomAccess.Read(file, chunk.Target[chunk.Length..count], offset + chunk.Length)) > 0)
        {
            chunk.Length += read;
        }

        return chunk;
    }

    /// <summary>
    /// Whether a frame behind <see cref="Offset"/> was written when what stands there was durable. Searches at every byte, as nothing tells
    /// where frames start; but only when something unreadable stands there, and once for each length of the file.
    /// </summary>
    private bool DurableFrameFollows()
    {
        var length = FileLength;
        if (length <= Offset || _searched == (Offset, length))
        {
            return false;
        }

        for (var start = Offset + 1; length - start >= Frame.HeaderBytes; start += ChunkBytes - Frame.HeaderBytes + 1)
        {
            using var window = Load(start, (int)Math.Min(ChunkBytes, length - start));
            for (var index = 0; index <= window.Length - Frame.HeaderBytes; index++)
            {
                if (IsDurableProof(window.Content.Span[index..], start + index, length))
                {
                    return true;
                }
            }
        }

        _searched = (Offset, length);
        return false;
    }

    private bool IsDurableProof(ReadOnlySpan<byte> bytes, long offset, long fileLength)
    {
        var durableBefore = BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (durableBefore <= Offset || durableBefore > offset || length < Frame.HeaderBytes || length > fileLength - offset)
        {
            return false;
        }

        using var whole = Load(offset, Math.Min(length, Frame.MaxLength));
        return Frame.Read(whole.Content.Span, _seed, out _) == FrameState.Complete;
    }
}

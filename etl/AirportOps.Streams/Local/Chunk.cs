using System.Buffers;

namespace AirportOps.Streams;

/// <summary>A piece of a segment in pooled memory, shared by the cursor that read it and the batches whose records lie in it.</summary>
/// <remarks>Each holder disposes it once; the last gives the memory back.</remarks>
/// <param name="capacity">Bytes it has room for at least.</param>
internal sealed class Chunk(int capacity) : IDisposable
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _holders = 1;

    /// <summary>Bytes of the segment in it.</summary>
    public int Length { get; set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Content => _bytes.AsMemory(0, Length);

    /// <summary>Where to read into.</summary>
    public Span<byte> Target => _bytes;

    /// <summary>Adds a holder.</summary>
    public Chunk Share()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}

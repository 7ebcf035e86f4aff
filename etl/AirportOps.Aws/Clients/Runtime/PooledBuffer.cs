using System.Buffers;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>A buffer that grows in pooled memory: bodies of up to 7 MB would each leave a trail of ever larger arrays otherwise.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _written;

    /// <summary>What was written; valid until disposed or written to.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _written);

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(_written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _written = 0;
    }

    private void EnsureRoom(int sizeHint)
    {
        if (_bytes.Length - _written >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _written + sizeHint));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

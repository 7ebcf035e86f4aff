using System.Diagnostics.CodeAnalysis;

namespace AirportOps.Lake;

/// <summary>
/// An object being written: a forward-only stream, of which nothing is to be seen until <see cref="CompleteAsync"/>. Disposing
/// without completing discards it.
/// </summary>
/// <remarks>
/// For one caller at a time. A stream stacked on top (compression) must leave this one open when it is disposed, otherwise it
/// discards the object. <see cref="Stream.Flush"/> makes nothing durable and is never needed.
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "A stream only to be written to.")]
public abstract class LakeUpload : Stream
{
    /// <summary>The key the object will have.</summary>
    public abstract string Key { get; }

    /// <summary>Bytes taken so far.</summary>
    public abstract long BytesWritten { get; }

    /// <inheritdoc/>
    public sealed override bool CanRead => false;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Publishes the object, atomically and durably; after this only disposing is allowed.</summary>
    /// <returns>False when it was to be created only if absent and there was one; what was written is discarded then.</returns>
    /// <exception cref="LakeException">It is not known whether the object was published.</exception>
    /// <exception cref="InvalidOperationException">It was completed before.</exception>
    public abstract Task<bool> CompleteAsync(PutMode mode, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public abstract override void Write(ReadOnlySpan<byte> buffer);

    /// <inheritdoc/>
    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);
}

using System.Runtime.ExceptionServices;
using AirportOps.Lake;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// A stream whose reads end when cancelled although those of the stream below do not: a read of a terminal or a pipe that nobody writes to lasts for ever.
/// A thread of its own reads, never ahead; it stays in its last read where that does not return, and does not keep the process. Reads only, for one caller.
/// </summary>
internal sealed class InterruptibleStream : InputStream
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _source;
    private readonly CancellationToken _cancellationToken;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private ReadOnlyMemory<byte> _rest;
    private int _count;
    private Exception? _failure;
    private volatile bool _isClosed;

    /// <param name="source">What is read; disposed with this stream, but for a read that still lasts.</param>
    /// <param name="cancellationToken">Ends reads.</param>
    internal InterruptibleStream(Stream source, CancellationToken cancellationToken)
    {
        (_source, _cancellationToken) = (source, cancellationToken);
        new Thread(ReadOnDemand) { IsBackground = true, Name = "input" }.Start();
    }

    /// <summary>Bytes read from the source.</summary>
    internal long BytesRead { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_rest.IsEmpty)
        {
            _wanted.Release();
            _done.Wait(_cancellationToken);
            if (_failure is LakeException)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            if (_failure is not null)
            {
                throw new IOException(_failure.Message, _failure);
            }

            _rest = _buffer.AsMemory(0, _count);
            BytesRead += _count;
        }

        var taken = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isClosed = true;
            _wanted.Release();
        }

        base.Dispose(disposing);
    }

    private void ReadOnDemand()
    {
        using (_source)
        {
            while (true)
            {
                _wanted.Wait();
                if (_isClosed)
                {
                    return;
                }

                try
                {
                    _count = _source.Read(_buffer);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or LakeException)
                {
                    _failure = failure;
                }

                _done.Release();
            }
        }
    }
}

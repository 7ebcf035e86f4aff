using System.Buffers;

namespace AirportOps.Pipeline.Batch;

/// <summary>Hands on what is written to it in pieces of one size, the last of which may be shorter. Writes only; not thread-safe.</summary>
/// <param name="pieceBytes">Bytes of a piece.</param>
/// <param name="take">Takes a piece: an array of the shared pool, which it returns there, and how many of its bytes count.</param>
internal sealed class PieceStream(int pieceBytes, Action<byte[], int> take) : OutputStream
{
    private byte[]? _piece;
    private int _filled;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            _piece ??= ArrayPool<byte>.Shared.Rent(pieceBytes);
            var taken = Math.Min(buffer.Length, pieceBytes - _filled);
            buffer[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
            if (_filled == pieceBytes)
            {
                HandOn();
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Hands on what there is, if anything.</summary>
    internal void HandOn()
    {
        if (_piece is { } piece)
        {
            var filled = _filled;
            (_piece, _filled) = (null, 0);
            take(piece, filled);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_piece is { } piece)
        {
            ArrayPool<byte>.Shared.Return(piece);
            _piece = null;
        }

        base.Dispose(disposing);
    }
}

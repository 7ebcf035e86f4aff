using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace AirportOps.Files;

/// <summary>
/// UTF-16 as UTF-8, without the byte order mark. Half a surrogate pair becomes the byte FF, which is no UTF-8, so that whoever reads it repairs it as such.
/// </summary>
internal sealed class Utf16Content : InputStream
{
    private const int UnitsAtATime = 1 << 14;
    private const int MostBytesPerUnit = 3;
    private const byte NotUtf8 = 0xFF;

    private readonly Stream _source;
    private readonly bool _isBigEndian;
    private readonly byte[] _stored = new byte[UnitsAtATime * sizeof(char)];
    private readonly byte[] _utf8 = new byte[UnitsAtATime * MostBytesPerUnit];
    private int _kept;
    private ReadOnlyMemory<byte> _rest;
    private long _offset;
    private bool _isAtEnd;

    internal Utf16Content(Stream source, ByteOrder order)
    {
        (_source, _isBigEndian) = (source, order.IsBigEndian);
        source.ReadExactly(_stored, 0, order.MarkBytes);
    }

    /// <summary>How text stands in bytes.</summary>
    /// <param name="IsBigEndian">Whether the high byte comes first.</param>
    /// <param name="MarkBytes">Bytes of the byte order mark, 2 or 0.</param>
    internal readonly record struct ByteOrder(bool IsBigEndian, int MarkBytes);

    /// <summary>The byte order by the mark; without one, by a JSON value's first two characters, which are ASCII. Null where it is not UTF-16.</summary>
    internal static ByteOrder? Recognise(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => new(IsBigEndian: false, MarkBytes: 2),
        [0xFE, 0xFF, ..] => new(IsBigEndian: true, MarkBytes: 2),
        [(byte)'{' or (byte)'[', 0, not 0, 0, ..] => new(IsBigEndian: false, MarkBytes: 0),
        [0, (byte)'{' or (byte)'[', 0, not 0, ..] => new(IsBigEndian: true, MarkBytes: 0),
        _ => null,
    };

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">It ends within a character.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty && !_isAtEnd)
        {
            Convert();
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
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Convert()
    {
        // As much as one read gives: a pipe may have no more for long.
        var read = _source.Read(_stored.AsSpan(_kept));
        _isAtEnd = read == 0;
        var known = _kept + read;
        if (_isAtEnd && known % sizeof(char) != 0)
        {
            throw new InvalidDataException($"UTF-16 ends within a character, at byte {_offset + known}");
        }

        var units = MemoryMarshal.Cast<byte, ushort>(_stored.AsSpan(0, known - (known % sizeof(char))));
        if (_isBigEndian)
        {
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        var chars = MemoryMarshal.Cast<ushort, char>(units);
        var (taken, written) = (0, 0);
        OperationStatus status;
        do
        {
            status = Utf8.FromUtf16(
                chars[taken..], _utf8.AsSpan(written), out var read16, out var written8, replaceInvalidSequences: false, isFinalBlock: _isAtEnd);
            (taken, written) = (taken + read16, written + written8);
            if (status == OperationStatus.InvalidData)
            {
                taken++;
                _utf8[written++] = NotUtf8;
            }
        }
        while (status == OperationStatus.InvalidData);

        if (_isBigEndian)
        {
            BinaryPrimitives.ReverseEndianness(units[taken..], units[taken..]);
        }

        _offset += taken * sizeof(char);
        _kept = known - (taken * sizeof(char));
        _stored.AsSpan(taken * sizeof(char), _kept).CopyTo(_stored);
        _rest = _utf8.AsMemory(0, written);
    }
}

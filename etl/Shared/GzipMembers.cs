using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace AirportOps;

/// <summary>
/// Decompresses gzip (RFC 1952) of any number of members and gives all of it or fails: <see cref="GZipStream"/> takes the end of its input for the end of the
/// data, and bytes behind a member that don't begin another one for nothing, so that half a file would pass for a whole one. Zeroes behind the last
/// member, as tapes and block devices pad, are no data. Compiled into each project that needs it. For one caller at a time.
/// </summary>
internal sealed class GzipMembers : InputStream
{
    /// <summary>What a decompressor is given at a time; where a member ends is looked for in the last of it.</summary>
    private const int FedBytes = 8192;

    private const int TrailerBytes = 8;
    private const int HeaderBytes = 10;
    private const int MagicBytes = 2;
    private const byte Deflate = 8;
    private const byte HasHeaderCrc = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0xE0;

    private static readonly byte[] MemberStart = [0x1f, 0x8b, Deflate];

    private readonly Stream _source;
    private readonly byte[] _buffer;
    private readonly Fed _fed;
    private readonly Crc32 _crc = new();
    private DeflateStream? _member;
    private long _number;
    private long _begin;
    private uint _length;

    /// <summary>Where the buffer's first byte stands in the source.</summary>
    private long _offset;
    private int _start;
    private int _end;
    private int _fedFrom;
    private bool _isAtEnd;
    private bool _isStarved;

    /// <param name="source">At the start of the first member; disposed with this stream.</param>
    /// <param name="bufferBytes">Bytes held of the source, from 16 KiB.</param>
    internal GzipMembers(Stream source, int bufferBytes = 1 << 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferBytes, 2 * FedBytes);
        (_source, _buffer, _fed) = (source, new byte[bufferBytes], new Fed(this));
    }

    /// <summary>Whether bytes begin as gzip does.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged: says which member, and where.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_member is not null || TryBegin()))
        {
            var read = Inflate(buffer);
            if (read > 0)
            {
                _crc.Append(buffer[..read]);
                _length += (uint)read;
                return read;
            }

            End();
        }

        return 0;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is damaged: says which member, and where.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What is decompressed next is nearly always in the buffer then; the rest is read in passing.
        if (_end - _start < FedBytes && !_isAtEnd)
        {
            MoveToFront(_member is null ? _start : _fedFrom);
            var read = await _source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            _isAtEnd = read == 0;
        }

        return Read(buffer.Span);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _member!.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"gzip member {_number}, which begins at byte {_begin}, is broken before byte {_offset + _start}", damaged);
        }
    }

    private bool TryBegin()
    {
        Ensure(MagicBytes);
        _begin = _offset + _start;
        if (_start == _end || (_number > 0 && _buffer[_start] == 0 && IsPadding()))
        {
            return _number == 0 ? throw new InvalidDataException("it is empty, and gzip of nothing is not") : false;
        }

        var found = _buffer.AsSpan(_start, Math.Min(MagicBytes, _end - _start));
        if (!Recognises(found))
        {
            throw new InvalidDataException(
                $"gzip member {_number + 1} should begin at byte {_begin} with 1F 8B, found {Convert.ToHexString(found[..1])} {Convert.ToHexString(found[1..])}".TrimEnd());
        }

        _number++;
        PassHeader();
        _crc.Reset();
        (_length, _isStarved, _fedFrom) = (0, false, _start);
        _member = new DeflateStream(_fed, CompressionMode.Decompress);
        return true;
    }

    private void PassHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        foreach (ref var value in header)
        {
            value = Next();
        }

        var flags = header[3];
        if (header[2] != Deflate || (flags & Reserved) != 0)
        {
            throw new InvalidDataException($"gzip member {_number} at byte {_begin} has a header that is none");
        }

        for (var extra = (flags & HasExtra) != 0 ? Next() | (Next() << 8) : 0; extra > 0; extra--)
        {
            Next();
        }

        PassText((flags & HasName) != 0);
        PassText((flags & HasComment) != 0);
        if ((flags & HasHeaderCrc) != 0)
        {
            Next();
            Next();
        }
    }

    private void PassText(bool isThere)
    {
        while (isThere && Next() != 0)
        {
        }
    }

    private byte Next()
    {
        Ensure(1);
        return _start < _end ? _buffer[_start++] : throw EndsEarly();
    }

    /// <summary>
    /// Passes the checksum and length that end the member. The decompressor takes input ahead of what it needs and does not say how much, so its end is where
    /// checksum and length of what it gave stand.
    /// </summary>
    private void End()
    {
        if (_isStarved)
        {
            throw EndsEarly();
        }

        _member!.Dispose();
        _member = null;
        var fed = _start - _fedFrom;
        _start = _fedFrom;
        Ensure(fed + TrailerBytes + MagicBytes);

        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _length);
        var found = -1;
        for (var at = _start; at <= _start + fed && at + TrailerBytes <= _end; at++)
        {
            if (_buffer.AsSpan(at, TrailerBytes).SequenceEqual(trailer))
            {
                // Of nothing both are zero, and the data that says so may end in zeroes: the place is the one with another member behind it.
                found = at + TrailerBytes;
                if (_length > 0 || found == _end || Recognises(_buffer.AsSpan(found, _end - found)))
                {
                    break;
                }
            }
            else if (found >= 0)
            {
                break;
            }
        }

        _start = found >= 0
            ? found
            : throw new InvalidDataException($"gzip member {_number}, which begins at byte {_begin}, does not end with the checksum and length of its data");
    }

    /// <summary>Whether only zeroes are left; passes over them.</summary>
    private bool IsPadding()
    {
        do
        {
            if (_buffer.AsSpan(_start, _end - _start).ContainsAnyExcept((byte)0))
            {
                return false;
            }

            _start = _end;
            Ensure(1);
        }
        while (_start < _end);
        return true;
    }

    /// <summary>Reads until so many bytes are there, or all.</summary>
    private void Ensure(int bytes)
    {
        if (_end - _start >= bytes || _isAtEnd)
        {
            return;
        }

        MoveToFront(_start);
        while (_end < bytes && !_isAtEnd)
        {
            var read = _source.Read(_buffer.AsSpan(_end));
            _end += read;
            _isAtEnd = read == 0;
        }
    }

    /// <summary>Makes room behind what is held, from a place in the buffer on.</summary>
    private void MoveToFront(int from)
    {
        _buffer.AsSpan(from, _end - from).CopyTo(_buffer);
        _offset += from;
        (_fedFrom, _start, _end) = (_fedFrom - from, _start - from, _end - from);
    }

    private InvalidDataException EndsEarly() => new($"gzip member {_number}, which begins at byte {_begin}, ends early, at byte {_offset + _end}");

    /// <summary>What a decompressor reads.</summary>
    private sealed class Fed(GzipMembers owner) : InputStream
    {
        public override int Read(Span<byte> buffer)
        {
            owner.Ensure(1);
            var taken = UpToNextMember(owner._buffer.AsSpan(owner._start, Math.Min(Math.Min(buffer.Length, FedBytes), owner._end - owner._start)));
            owner._buffer.AsSpan(owner._start, taken).CopyTo(buffer);
            owner._fedFrom = owner._start;
            owner._start += taken;
            owner._isStarved = taken == 0;
            return taken;
        }

        /// <summary>How many bytes lie before the end of data that another member seems to follow: its own end must not be taken for this one's.</summary>
        private static int UpToNextMember(ReadOnlySpan<byte> bytes)
        {
            var next = bytes.Length > TrailerBytes ? bytes[(TrailerBytes + 1)..].IndexOf(MemberStart) : -1;
            return next < 0 ? bytes.Length : next + 1;
        }
    }
}

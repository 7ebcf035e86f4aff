namespace AirportOps.Parquet.Encodings;

/// <summary>Reads the RLE/bit-packing hybrid from bytes nobody vouches for (Encodings.md, "RLE = 3").</summary>
internal ref struct HybridDecoder(ReadOnlySpan<byte> source, int width)
{
    private ReadOnlySpan<byte> _source = source;

    /// <summary>Fills <paramref name="values"/>; false where the bytes end before or hold a malformed run. Values may have any <c>width</c> bits.</summary>
    internal bool TryDecode(Span<int> values)
    {
        while (!values.IsEmpty)
        {
            if (!TryReadRun(out var isPacked, out var length))
            {
                return false;
            }

            if (!isPacked)
            {
                if (!TryReadValue(out var value))
                {
                    return false;
                }

                var run = (int)Math.Min(length, values.Length);
                values[..run].Fill(value);
                values = values[run..];
                continue;
            }

            // The last group is padded, so there may be more values than asked for, and in some writers' files fewer bytes than announced.
            var packed = (int)Math.Min(length * BitPacking.GroupSize, values.Length);
            var bytes = (int)((((long)packed * width) + 7) / 8);
            if (bytes > _source.Length)
            {
                return false;
            }

            BitPacking.Unpack(_source, width, values[..packed]);
            _source = _source[(int)Math.Min(length * width, _source.Length)..];
            values = values[packed..];
        }

        return true;
    }

    /// <summary>Fills levels of 0 and 1.</summary>
    internal bool TryDecodeLevels(Span<byte> levels)
    {
        while (!levels.IsEmpty)
        {
            if (!TryReadRun(out var isPacked, out var length))
            {
                return false;
            }

            if (!isPacked)
            {
                if (!TryReadValue(out var level) || level > 1)
                {
                    return false;
                }

                var run = (int)Math.Min(length, levels.Length);
                levels[..run].Fill((byte)level);
                levels = levels[run..];
                continue;
            }

            var packed = (int)Math.Min(length * BitPacking.GroupSize, levels.Length);
            if ((packed + 7) / 8 > _source.Length)
            {
                return false;
            }

            for (var i = 0; i < packed; i++)
            {
                levels[i] = (byte)((_source[i >> 3] >> (i & 7)) & 1);
            }

            _source = _source[(int)Math.Min(length, _source.Length)..];
            levels = levels[packed..];
        }

        return true;
    }

    /// <summary>Reads a run's header; the length is in values or, packed, in groups, at least 1.</summary>
    private bool TryReadRun(out bool isPacked, out long length)
    {
        ulong header = 0;
        for (var i = 0; i < 5 && i < _source.Length; i++)
        {
            header |= (ulong)(_source[i] & 0x7F) << (7 * i);
            if (_source[i] < 0x80)
            {
                _source = _source[(i + 1)..];
                isPacked = (header & 1) != 0;
                length = (long)(header >> 1);
                return length > 0;
            }
        }

        (isPacked, length) = (false, 0);
        return false;
    }

    private bool TryReadValue(out int value)
    {
        value = 0;
        var bytes = (width + 7) / 8;
        if (bytes > _source.Length)
        {
            return false;
        }

        for (var i = 0; i < bytes; i++)
        {
            value |= _source[i] << (8 * i);
        }

        _source = _source[bytes..];
        return true;
    }
}

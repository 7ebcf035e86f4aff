using System.Buffers.Text;
using System.Diagnostics;

namespace AirportOps.Simulator.Events;

/// <summary>A growing buffer that JSON is written into byte by byte: no strings, no culture, no floating point.</summary>
internal sealed class Utf8Output
{
    private const int InitialBytes = 4_096;
    private const int LongestNumber = 20;
    private const int HundredthsPerUnit = 100;

    private byte[] _bytes = new byte[InitialBytes];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public Memory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    /// <summary>Forgets what was written from a place on.</summary>
    public void Truncate(int length) => Length = length;

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    /// <summary>Writes a byte again and again.</summary>
    public void Fill(byte value, int count)
    {
        Reserve(count)[..count].Fill(value);
        Length += count;
    }

    public void WriteInteger(long value)
    {
        var done = Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out var written);
        Debug.Assert(done, "A long has at most 20 characters.");
        Length += written;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public void WriteDigits(long value, int digits)
    {
        var target = Reserve(digits);
        for (var i = digits - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            target[i] = (byte)('0' + digit);
        }

        Length += digits;
    }

    /// <summary>Writes hundredths as a decimal with one or two digits after the point.</summary>
    public void WriteHundredths(long value)
    {
        if (value < 0)
        {
            Write((byte)'-');
            value = -value;
        }

        var (whole, rest) = Math.DivRem(value, HundredthsPerUnit);
        WriteInteger(whole);
        Write((byte)'.');
        if (rest % 10 == 0)
        {
            WriteDigits(rest / 10, 1);
        }
        else
        {
            WriteDigits(rest, 2);
        }
    }

    /// <summary>Writes <c>2026-03-01</c>.</summary>
    public void WriteDate(long day)
    {
        var date = DateOnly.FromDayNumber((int)day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
        WriteDigits(date.Year, 4);
        Write((byte)'-');
        WriteDigits(date.Month, 2);
        Write((byte)'-');
        WriteDigits(date.Day, 2);
    }

    /// <summary>Writes <c>14:05:00</c>.</summary>
    /// <param name="millis">Milliseconds since midnight.</param>
    public void WriteTime(long millis)
    {
        WriteDigits(millis / SimClock.Hour, 2);
        Write((byte)':');
        WriteDigits(millis / SimClock.Minute % 60, 2);
        Write((byte)':');
        WriteDigits(millis / SimClock.Second % 60, 2);
    }

    /// <summary>Writes <c>2026-03-01T14:05:00Z</c>, with milliseconds or microseconds where there are some.</summary>
    /// <param name="time">Milliseconds since 1970 in UTC.</param>
    /// <param name="fractionDigits">3 or 6.</param>
    public void WriteInstant(long time, int fractionDigits)
    {
        var (day, millis) = Math.DivRem(time, SimClock.Day);
        WriteDate(day);
        Write((byte)'T');
        WriteTime(millis);
        if (millis % SimClock.Second is > 0 and var fraction)
        {
            Write((byte)'.');
            WriteDigits(fractionDigits == 3 ? fraction : fraction * 1_000, fractionDigits);
        }

        Write((byte)'Z');
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}

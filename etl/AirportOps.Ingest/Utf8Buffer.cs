using System.Buffers.Text;
using System.Text;

namespace AirportOps.Ingest;

/// <summary>A growing run of UTF-8 that takes text, numbers and times without a string in between.</summary>
internal sealed class Utf8Buffer
{
    private const int FirstCapacity = 64 * 1024;
    private const int MaxNumberBytes = 20;

    private byte[] _bytes = new byte[FirstCapacity];

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Appends text that is known to be ASCII and to need no escape: codes and registrations.</summary>
    public void AppendAscii(string text) => Length += Encoding.UTF8.GetBytes(text, Room(text.Length));

    public void AppendNumber(int value)
    {
        Utf8Formatter.TryFormat(value, Room(MaxNumberBytes), out var written);
        Length += written;
    }

    /// <summary>Appends <c>2015-01-31</c>.</summary>
    /// <param name="day">Days since 1970-01-01, of a year with four digits.</param>
    public void AppendDate(int day)
    {
        var date = DateOnly.FromDayNumber(day + Calendar.EpochDayNumber);
        var room = Room("2015-01-31".Length);
        TwoDigits(room, date.Year / 100);
        TwoDigits(room[2..], date.Year % 100);
        room[4] = (byte)'-';
        TwoDigits(room[5..], date.Month);
        room[7] = (byte)'-';
        TwoDigits(room[8..], date.Day);
        Length += "2015-01-31".Length;
    }

    /// <summary>Appends <c>2015-01-31T23:59:00Z</c>; all times of flight files are whole minutes.</summary>
    /// <param name="micros">Microseconds since 1970-01-01 in UTC.</param>
    public void AppendInstant(long micros)
    {
        var (day, minute) = Math.DivRem(micros / Calendar.MicrosPerMinute, Calendar.MinutesPerDay);
        AppendDate((int)day);
        var room = Room("T23:59:00Z".Length);
        "T00:00:00Z"u8.CopyTo(room);
        TwoDigits(room[1..], (int)minute / 60);
        TwoDigits(room[4..], (int)minute % 60);
        Length += "T23:59:00Z".Length;
    }

    private static void TwoDigits(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + (value / 10));
        room[1] = (byte)('0' + (value % 10));
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        return _bytes.AsSpan(Length);
    }
}

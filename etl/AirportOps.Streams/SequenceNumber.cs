using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AirportOps.Streams;

/// <summary>
/// A record's place in its shard: a whole number that only grows, compared within one shard, with gaps that mean nothing.
/// </summary>
/// <remarks>
/// Kinesis gives 56 decimal digits today and allows 129
/// (<see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html">API reference</see>), Kafka and
/// <c>local:</c> 64 bits. Numbers of up to 19 digits are kept as a number, so that they cost no allocation; longer ones
/// as their digits. The default value is 0.
/// </remarks>
public readonly struct SequenceNumber : IComparable<SequenceNumber>, IEquatable<SequenceNumber>, IUtf8SpanFormattable
{
    /// <summary>The most digits a number can have.</summary>
    public const int MaxDigits = 129;

    private const int MaxNumberDigits = 19;
    private const ulong FirstTooLong = 10_000_000_000_000_000_000;

    private readonly ulong _number;
    private readonly string? _digits;

    private SequenceNumber(ulong number, string? digits) => (_number, _digits) = (number, digits);

    /// <summary>The sequence number of this value.</summary>
    public static SequenceNumber FromNumber(ulong value) =>
        value < FirstTooLong ? new(value, null) : new(0, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads what <see cref="ToString()"/> gives.</summary>
    /// <exception cref="FormatException">Not 1 to <see cref="MaxDigits"/> decimal digits without leading zeros.</exception>
    public static SequenceNumber Parse(string text) =>
        TryParse(text, out var result)
            ? result
            : throw new FormatException($"'{text}' is no sequence number: expected 1 to {MaxDigits} decimal digits without leading zeros.");

    /// <summary>Reads 1 to <see cref="MaxDigits"/> decimal digits without leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SequenceNumber result)
    {
        result = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9')
            || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        result = text.Length <= MaxNumberDigits
            ? new(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), null)
            : new(0, text);
        return true;
    }

    /// <summary>The number as 64 bits.</summary>
    /// <returns>False when it is greater than <see cref="ulong.MaxValue"/>.</returns>
    public bool TryGetNumber(out ulong value)
    {
        value = _number;
        return _digits is null || ulong.TryParse(_digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <inheritdoc/>
    public int CompareTo(SequenceNumber other) => (_digits, other._digits) switch
    {
        (null, null) => _number.CompareTo(other._number),
        (null, _) => -1,
        (_, null) => 1,
        var (mine, others) when mine.Length != others.Length => mine.Length.CompareTo(others.Length),
        var (mine, others) => string.CompareOrdinal(mine, others),
    };

    /// <inheritdoc/>
    public bool Equals(SequenceNumber other) => _number == other._number && _digits == other._digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SequenceNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _digits?.GetHashCode(StringComparison.Ordinal) ?? _number.GetHashCode();

    /// <summary>The decimal digits without leading zeros.</summary>
    public override string ToString() => _digits ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the decimal digits without leading zeros; format and provider are ignored.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _digits is null
            ? _number.TryFormat(utf8Destination, out bytesWritten, default, CultureInfo.InvariantCulture)
            : Encoding.UTF8.TryGetBytes(_digits, utf8Destination, out bytesWritten);

    /// <summary>Same number.</summary>
    public static bool operator ==(SequenceNumber left, SequenceNumber right) => left.Equals(right);

    /// <summary>Another number.</summary>
    public static bool operator !=(SequenceNumber left, SequenceNumber right) => !left.Equals(right);

    /// <summary>Earlier in the shard.</summary>
    public static bool operator <(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) < 0;

    /// <summary>Later in the shard.</summary>
    public static bool operator >(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) > 0;

    /// <summary>Earlier in the shard, or the same.</summary>
    public static bool operator <=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Later in the shard, or the same.</summary>
    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left.CompareTo(right) >= 0;
}

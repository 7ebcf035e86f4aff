using System.Text;

namespace AirportOps.Lake;

/// <summary>
/// The keys every lake takes: segments between single <c>/</c>, 1 to 1,024 bytes of UTF-8 in all, a segment at most 255 bytes. A segment
/// is not empty, does not start with a dot (readers of data sets take such names for hidden, file systems for special) and
/// holds neither backslashes nor control characters.
/// </summary>
public static class LakeKey
{
    /// <summary>The most bytes of UTF-8 a key has; S3's limit.</summary>
    public const int MaxBytes = 1024;

    /// <summary>The most bytes of UTF-8 a segment has; the limit of Linux file systems.</summary>
    public const int MaxSegmentBytes = 255;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The order of lists: by the bytes of UTF-8, as in S3. It differs from the ordinal order of strings where surrogate pairs meet
    /// the characters U+E000 to U+FFFF.
    /// </summary>
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>Refuses what is no key.</summary>
    /// <exception cref="ArgumentException">Says what is wrong with it.</exception>
    public static void Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Fault(key) is { } fault)
        {
            throw new ArgumentException($"'{key}' is no key: {fault}.", nameof(key));
        }
    }

    /// <summary>Whether a text is a key. A store that others write to may hold what is none.</summary>
    public static bool IsKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fault(text) is null;
    }

    /// <summary>Refuses a prefix that no key can have in front of its last <c>/</c>; what follows it may be any text.</summary>
    /// <exception cref="ArgumentException">Says what is wrong with it.</exception>
    public static void ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.LastIndexOf('/') is >= 0 and var end && Fault(prefix[..end]) is { } fault)
        {
            throw new ArgumentException($"'{prefix}' is no prefix of keys: {fault}.", nameof(prefix));
        }
    }

    /// <summary>Whether a name can be a segment of a key.</summary>
    internal static bool IsSegment(ReadOnlySpan<char> name) => SegmentFault(name) is null;

    private static string? Fault(string key)
    {
        foreach (var range in key.AsSpan().Split('/'))
        {
            if (SegmentFault(key.AsSpan(range)) is { } fault)
            {
                return fault;
            }
        }

        return Encoding.UTF8.GetByteCount(key) > MaxBytes ? $"it has more than {MaxBytes} bytes" : null;
    }

    private static string? SegmentFault(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty)
        {
            return "a segment is empty";
        }

        if (segment[0] == '.')
        {
            return "a segment starts with a dot";
        }

        foreach (var character in segment)
        {
            if (char.IsControl(character) || character == '\\')
            {
                return "it has a backslash or a control character";
            }
        }

        try
        {
            return StrictUtf8.GetByteCount(segment) > MaxSegmentBytes ? $"a segment has more than {MaxSegmentBytes} bytes" : null;
        }
        catch (EncoderFallbackException)
        {
            return "it has half of a surrogate pair";
        }
    }

    private static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[common]).CompareTo(Rank(right[common]));

        // Surrogates stand for characters above U+FFFF, but as numbers lie below U+E000.
        static int Rank(char character) => char.IsSurrogate(character) ? character + 0x10000 : character;
    }
}

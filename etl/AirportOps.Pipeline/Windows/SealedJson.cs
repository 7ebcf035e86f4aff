using System.Security.Cryptography;

namespace AirportOps.Pipeline.Windows;

/// <summary>
/// JSON objects that carry the SHA-256 of themselves: <c>{…,"sha256":"HEX"}</c>, the hash taken over the object without that last field. So one
/// read tells whether a small object is what was written; nothing else has to be fetched to compare it with.
/// </summary>
internal static class SealedJson
{
    private const int HexDigits = 2 * SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> BeforeHash => ",\"sha256\":\""u8;

    private static ReadOnlySpan<byte> AfterHash => "\"}"u8;

    /// <summary>Adds the hash to an object with at least one field.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> content) =>
        [.. content[..^1], .. BeforeHash, .. System.Text.Encoding.ASCII.GetBytes(HashOf(content)), .. AfterHash];

    /// <summary>The hash that an object carries, when it is that of the object; null when it is not, or there is none.</summary>
    internal static string? Verify(ReadOnlySpan<byte> content)
    {
        var hashStart = content.Length - AfterHash.Length - HexDigits;
        var fieldStart = hashStart - BeforeHash.Length;
        if (fieldStart < 1 || !content[fieldStart..hashStart].SequenceEqual(BeforeHash) || !content.EndsWith(AfterHash))
        {
            return null;
        }

        var hash = HashOf([.. content[..fieldStart], (byte)'}']);
        return content[hashStart..^AfterHash.Length].SequenceEqual(System.Text.Encoding.ASCII.GetBytes(hash)) ? hash : null;
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    internal static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

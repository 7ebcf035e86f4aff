using System.Text;

namespace AirportOps.Warehouse.Loading;

/// <summary>Strings as staging can hold them.</summary>
internal static class StagingText
{
    /// <summary>The string with U+FFFD for each zero byte.</summary>
    internal static byte[] WithoutZeros(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(ToString(text));

    /// <summary>The same as a string.</summary>
    internal static string ToString(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text);
        return text.Contains((byte)0) ? value.Replace('\0', '\uFFFD') : value;
    }
}

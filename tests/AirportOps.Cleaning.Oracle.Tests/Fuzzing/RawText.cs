using System.Text;

namespace AirportOps.Cleaning.Oracle.Tests.Fuzzing;

/// <summary>
/// Records in the making are strings in which each character stands for one byte, so that bytes that are no UTF-8 can be put anywhere.
/// </summary>
internal static class RawText
{
    /// <summary>A text as the bytes of its UTF-8.</summary>
    public static string Of(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static byte[] Bytes(string raw) => Encoding.Latin1.GetBytes(raw);

    /// <summary>A JSON string holding these bytes: what JSON asks to be escaped is.</summary>
    public static string Quoted(string raw)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in raw)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}

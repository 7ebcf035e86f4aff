using System.Text.Json;

namespace AirportOps.Cleaning.Json;

/// <summary>How the cleaner sets up <see cref="Utf8JsonReader"/>.</summary>
/// <remarks>
/// The reader checks no characters inside strings, which suits: those are repaired, not refused. Each reader is made as if more bytes could
/// follow: then a record that ends early makes a read return false and costs no exception.
/// </remarks>
internal static class JsonReading
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, MaxDepth = int.MaxValue };

    internal static Utf8JsonReader Open(ReadOnlySpan<byte> json) => new(json, isFinalBlock: false, new JsonReaderState(Options));

    /// <summary>Whether the byte before a closing bracket, white space left out, is a comma.</summary>
    internal static bool HasTrailingComma(ReadOnlySpan<byte> json, long bracket)
    {
        var index = (int)bracket - 1;
        while (json[index] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            index--;
        }

        return json[index] == ',';
    }

    /// <summary>Reads on to the end of the array or object whose start was read last.</summary>
    /// <returns>False when the bytes end before it.</returns>
    internal static bool TrySkipBrackets(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref bool hasTrailingComma)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                hasTrailingComma |= HasTrailingComma(json, reader.TokenStartIndex);
                if (reader.CurrentDepth == depth)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

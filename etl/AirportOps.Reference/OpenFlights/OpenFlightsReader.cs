using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace AirportOps.Reference.OpenFlights;

/// <summary>
/// Reads the OpenFlights files embedded in this assembly. Their dialect is comma-separated, double quotes doubled inside strings,
/// a backslash before an apostrophe (two of them in the airlines file), <c>\N</c>, <c>-</c> or nothing for a missing value.
/// </summary>
internal static class OpenFlightsReader
{
    internal static byte[] Decompress(string resource)
    {
        using var compressed = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly carries no resource {resource}.");
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The rows of a file, in its order; a missing value is null.</summary>
    internal static IEnumerable<string?[]> Rows(byte[] content)
    {
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Fields(line);
        }
    }

    private static string?[] Fields(string line)
    {
        var fields = new List<string?>(14);
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == '\\' && i + 1 < line.Length && line[i + 1] is '\'' or '\\')
            {
                // The escape itself says nothing: the character after it counts.
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(Value(field));
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        fields.Add(Value(field));
        return [.. fields];
    }

    private static string? Value(StringBuilder field)
    {
        var value = field.ToString().Trim();
        field.Clear();
        return value is "" or "-" or @"\N" ? null : value;
    }
}

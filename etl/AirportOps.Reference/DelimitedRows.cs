using System.Text;

namespace AirportOps.Reference;

/// <summary>
/// A table in a text file, a row a line: fields between separators, double quotes around strings and doubled inside them. A missing value is
/// nothing or, in OpenFlights, <c>-</c> or <c>\N</c>; OpenFlights also writes one or two backslashes before an apostrophe.
/// </summary>
/// <param name="Separator">What stands between two fields.</param>
/// <param name="IsOpenFlights">Whether the file has OpenFlights' marks of a missing value and its backslashes.</param>
internal readonly record struct DelimitedRows(char Separator, bool IsOpenFlights)
{
    internal static readonly DelimitedRows OpenFlights = new(',', true);
    internal static readonly DelimitedRows Csv = new(',', false);

    /// <summary>The rows of a file, in its order, blank lines left out; a missing value is null.</summary>
    internal IEnumerable<string?[]> Read(byte[] content) => Numbered(content).Select(line => line.Fields);

    /// <summary>
    /// The rows of a file whose first line names its columns, each as the values of the wanted ones; null for a column that the file doesn't have.
    /// </summary>
    internal IEnumerable<string?[]> Read(byte[] content, params string[] columns) => Numbered(content, columns).Select(line => line.Fields);

    /// <summary>The same, each with the number of its line, from 1.</summary>
    internal IEnumerable<(int Number, string?[] Fields)> Numbered(byte[] content, params string[] columns)
    {
        int[]? places = null;
        foreach (var (number, row) in Numbered(content))
        {
            if (places is null)
            {
                places = [.. columns.Select(column => Array.IndexOf(row, column))];
            }
            else
            {
                yield return (number, [.. places.Select(place => place >= 0 && place < row.Length ? row[place] : null)]);
            }
        }
    }

    private IEnumerable<(int Number, string?[] Fields)> Numbered(byte[] content)
    {
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (number, Fields(line));
            }
        }
    }

    private string?[] Fields(string line)
    {
        var fields = new List<string?>(20);
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
            else if (IsOpenFlights && c == '\\' && i + 1 < line.Length && line[i + 1] is '\'' or '\\')
            {
                // The escape itself says nothing: the character after it counts.
            }
            else if (c == Separator && !quoted)
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

    private string? Value(StringBuilder field)
    {
        var value = field.ToString().Trim();
        field.Clear();
        return value.Length == 0 || (IsOpenFlights && value is "-" or @"\N") ? null : value;
    }
}

using System.Text;

namespace AirportOps.Cli.Output;

/// <summary>A table of text for a terminal or a file: columns as wide as their widest cell, numbers to the right.</summary>
internal static class TextTable
{
    /// <summary>Writes a heading, a rule and the rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="header">The columns' names; a name that ends in <c>&gt;</c> (cut off) puts its column to the right.</param>
    /// <param name="rows">The cells, as many a row as there are names; null is written as nothing.</param>
    internal static void Write(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var isRight = header.Select(name => name.EndsWith('>')).ToArray();
        var names = header.Select(name => name.TrimEnd('>')).ToArray();
        var widths = names.Select((name, column) => rows.Select(row => row[column]?.Length ?? 0).Append(name.Length).Max()).ToArray();
        output.WriteLine(Line(names));
        output.WriteLine(string.Join("  ", widths.Select(width => new string('─', width))));
        foreach (var row in rows)
        {
            output.WriteLine(Line(row));
        }

        string Line(IReadOnlyList<string?> cells)
        {
            var line = new StringBuilder();
            for (var column = 0; column < names.Length; column++)
            {
                var cell = cells[column] ?? string.Empty;
                line.Append(column > 0 ? "  " : string.Empty);
                line.Append(isRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            }

            return line.ToString().TrimEnd();
        }
    }
}

namespace AirportOps.Warehouse.Sql;

/// <summary>One statement as it goes to a server.</summary>
/// <param name="Text">Without the semicolon, and without what stands before its first word.</param>
/// <param name="Line">The number of the line in its script where it starts.</param>
public sealed record SqlStatement(string Text, int Line)
{
    private const int ExcerptLength = 80;

    /// <summary>The statement's start on one line, for messages.</summary>
    internal string Excerpt
    {
        get
        {
            var line = string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= ExcerptLength ? line : line[..ExcerptLength] + "…";
        }
    }

    /// <summary>The number of the script's line that holds a character of the statement.</summary>
    /// <param name="position">Counted from 1, as servers do.</param>
    internal int LineOf(int position) => Line + Text.AsSpan(0, Math.Clamp(position - 1, 0, Text.Length)).Count('\n');
}

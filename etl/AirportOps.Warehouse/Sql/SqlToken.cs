namespace AirportOps.Warehouse.Sql;

/// <summary>A piece of SQL; all tokens of a script in order give it back.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters as they stand.</param>
/// <param name="Line">The number of the line it starts in.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Line)
{
    /// <summary>Whether the server would see it.</summary>
    internal bool IsCode => Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment);

    /// <summary>Whether it is this keyword, in any case.</summary>
    internal bool Is(string word) => Kind == SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this name in lower case, plain in any case or quoted.</summary>
    internal bool IsName(string name) => Is(name) || (Kind == SqlTokenKind.QuotedName && Text.AsSpan(1, Text.Length - 2).SequenceEqual(name));

    internal bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Text[0] == symbol;
}

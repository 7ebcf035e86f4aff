namespace AirportOps.Warehouse.Sql;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Blanks and line ends.</summary>
    Space,

    /// <summary><c>-- …</c> to the line's end without it, or <c>/* … */</c>, nested.</summary>
    Comment,

    /// <summary>A keyword or a plain name.</summary>
    Word,

    /// <summary><c>"…"</c></summary>
    QuotedName,

    /// <summary>Digits, with fraction and exponent.</summary>
    Number,

    /// <summary><c>'…'</c> with doubled quotes, or <c>$tag$…$tag$</c>.</summary>
    Text,

    /// <summary>Any other single character.</summary>
    Symbol,
}

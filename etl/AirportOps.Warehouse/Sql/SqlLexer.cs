using System.Buffers;

namespace AirportOps.Warehouse.Sql;

/// <summary>Cuts SQL into tokens: what both Redshift and PostgreSQL read alike. A backslash in <c>'…'</c> is a plain character.</summary>
internal static class SqlLexer
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f\v");

    /// <exception cref="SqlSyntaxException">A string, a quoted name or a comment has no end.</exception>
    internal static List<SqlToken> Tokens(string sql)
    {
        var tokens = new List<SqlToken>();
        var line = 1;
        for (var at = 0; at < sql.Length;)
        {
            var rest = sql.AsSpan(at);
            var (kind, length) = Next(rest, line);
            var text = sql.Substring(at, length);
            tokens.Add(new SqlToken(kind, text, line));
            line += text.AsSpan().Count('\n');
            at += length;
        }

        return tokens;
    }

    private static (SqlTokenKind Kind, int Length) Next(ReadOnlySpan<char> rest, int line)
    {
        var first = rest[0];
        return first switch
        {
            _ when Blanks.Contains(first) => (SqlTokenKind.Space, LengthOr(rest.IndexOfAnyExcept(Blanks), rest)),
            '-' when rest.StartsWith("--") => (SqlTokenKind.Comment, LengthOr(rest.IndexOf('\n'), rest)),
            '/' when rest.StartsWith("/*") => (SqlTokenKind.Comment, BlockComment(rest, line)),
            '\'' => (SqlTokenKind.Text, Quoted(rest, '\'', "a string", line)),
            '"' => (SqlTokenKind.QuotedName, Quoted(rest, '"', "a quoted name", line)),
            '$' when DollarTag(rest) is { Length: > 0 } tag => (SqlTokenKind.Text, DollarQuoted(rest, tag, line)),
            _ when char.IsAsciiDigit(first) => (SqlTokenKind.Number, Number(rest)),
            _ when char.IsLetter(first) || first == '_' => (SqlTokenKind.Word, Word(rest)),
            _ => (SqlTokenKind.Symbol, 1),
        };
    }

    private static int LengthOr(int found, ReadOnlySpan<char> rest) => found < 0 ? rest.Length : found;

    private static int Word(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '$'))
        {
            length++;
        }

        return length;
    }

    private static int Number(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length
            && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] == '.'
                || (rest[length] is '+' or '-' && rest[length - 1] is 'e' or 'E')))
        {
            length++;
        }

        return length;
    }

    private static int Quoted(ReadOnlySpan<char> rest, char quote, string what, int line)
    {
        for (var at = 1; at < rest.Length; at++)
        {
            if (rest[at] != quote)
            {
                continue;
            }

            if (at + 1 == rest.Length || rest[at + 1] != quote)
            {
                return at + 1;
            }

            at++;
        }

        throw new SqlSyntaxException(what, line);
    }

    private static int BlockComment(ReadOnlySpan<char> rest, int line)
    {
        var depth = 0;
        for (var at = 0; at + 1 < rest.Length; at++)
        {
            var two = rest.Slice(at, 2);
            if (two is "/*")
            {
                depth++;
                at++;
            }
            else if (two is "*/")
            {
                depth--;
                at++;
                if (depth == 0)
                {
                    return at + 1;
                }
            }
        }

        throw new SqlSyntaxException("a comment", line);
    }

    /// <summary>The opening <c>$$</c> or <c>$name$</c>; empty when it is something else, such as the parameter <c>$1</c>.</summary>
    private static ReadOnlySpan<char> DollarTag(ReadOnlySpan<char> rest)
    {
        var length = 1;
        while (length < rest.Length && (char.IsLetter(rest[length]) || rest[length] == '_' || (length > 1 && char.IsAsciiDigit(rest[length]))))
        {
            length++;
        }

        return length < rest.Length && rest[length] == '$' ? rest[..(length + 1)] : default;
    }

    private static int DollarQuoted(ReadOnlySpan<char> rest, ReadOnlySpan<char> tag, int line)
    {
        var end = rest[tag.Length..].IndexOf(tag);
        return end < 0 ? throw new SqlSyntaxException($"a string in {tag}", line) : end + (2 * tag.Length);
    }
}

using System.Globalization;
using System.Text;

namespace AirportOps.Cleaning.Oracle.Json;

/// <summary>
/// RFC 8259 over bytes, with two liberties that the rules give: bytes inside strings need not be UTF-8, and a comma may stand before a
/// closing bracket. Everything else is broken.
/// </summary>
internal sealed class JsonParser(byte[] text)
{
    public int Position { get; set; }

    public bool IsAtEnd => Position == text.Length;

    /// <summary>Skips JSON's white space and gives what was skipped.</summary>
    public string SkipBlanks()
    {
        var start = Position;
        while (!IsAtEnd && text[Position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            Position++;
        }

        return Encoding.ASCII.GetString(text, start, Position - start);
    }

    /// <summary>Takes a comma if one is next.</summary>
    public bool TakeComma() => Take(',');

    /// <summary>Reads the value that starts here.</summary>
    /// <exception cref="BrokenJsonException">There is none.</exception>
    public JsonItem ReadValue()
    {
        var start = Position;
        switch ((char)Next())
        {
            case '{':
                return ReadObject();
            case '[':
                return ReadArray();
            case '"':
                return ReadString();
            case 't':
                ReadWord("true");
                return new JsonBoolean(text, start, Position);
            case 'f':
                ReadWord("false");
                return new JsonBoolean(text, start, Position);
            case 'n':
                ReadWord("null");
                return new JsonNull(text, start, Position);
            default:
                ReadNumber();
                return new JsonNumber(text, start, Position);
        }
    }

    private JsonObject ReadObject()
    {
        var start = Position++;
        var members = new List<JsonMember>();
        var gaps = new List<string>();
        var gap = SkipBlanks();
        while (true)
        {
            if (Take('}'))
            {
                gaps.Add(gap);
                return new JsonObject(text, start, Position, members, gaps, EndsInComma: false);
            }

            if (members.Count > 0)
            {
                Expect(',');
                var blanks = SkipBlanks();
                if (Take('}'))
                {
                    gaps.Add(gap + blanks);
                    return new JsonObject(text, start, Position, members, gaps, EndsInComma: true);
                }

                gap += "," + blanks;
            }

            if (Next() != '"')
            {
                throw new BrokenJsonException(endsEarly: false);
            }

            var key = ReadString();
            var colon = SkipBlanks();
            Expect(':');
            colon += ":" + SkipBlanks();
            gaps.Add(gap);
            gaps.Add(colon);
            members.Add(new JsonMember(key, ReadValue()));
            gap = SkipBlanks();
        }
    }

    private JsonArray ReadArray()
    {
        var start = Position++;
        var items = new List<JsonItem>();
        var gaps = new List<string>();
        var gap = SkipBlanks();
        while (true)
        {
            if (Take(']'))
            {
                gaps.Add(gap);
                return new JsonArray(text, start, Position, items, gaps, EndsInComma: false);
            }

            if (items.Count > 0)
            {
                Expect(',');
                var blanks = SkipBlanks();
                if (Take(']'))
                {
                    gaps.Add(gap + blanks);
                    return new JsonArray(text, start, Position, items, gaps, EndsInComma: true);
                }

                gap += "," + blanks;
            }

            gaps.Add(gap);
            items.Add(ReadValue());
            gap = SkipBlanks();
        }
    }

    private JsonString ReadString()
    {
        var start = Position++;
        var (meaning, spelling, content) = (new StringBuilder(), new StringBuilder("\""), new List<byte>());
        var (isLone, illFormed) = (false, false);
        while (!Take('"'))
        {
            if (Next() == '\\')
            {
                var before = meaning.Length;
                isLone |= ReadEscape(meaning, spelling);
                content.AddRange(Encoding.UTF8.GetBytes(meaning.ToString(before, meaning.Length - before)));
                continue;
            }

            // Escapes and quotes are ASCII and part no character, so a run between two of them is decoded on its own.
            var run = Position;
            while (!IsAtEnd && text[Position] is not ((byte)'"' or (byte)'\\'))
            {
                if (text[Position] < ' ')
                {
                    throw new BrokenJsonException(endsEarly: false);
                }

                Position++;
            }

            var decoded = Encoding.UTF8.GetString(text, run, Position - run);
            illFormed |= !Encoding.UTF8.GetBytes(decoded).AsSpan().SequenceEqual(text.AsSpan(run, Position - run));
            meaning.Append(decoded);
            spelling.Append(decoded);
            content.AddRange(text[run..Position]);
        }

        return new JsonString(
            text, start, Position, meaning.ToString(), spelling.Append('"').ToString(), [.. content], isLone, illFormed || isLone);
    }

    /// <summary>Reads one escape, or the two of a surrogate pair.</summary>
    /// <returns>Whether it was a lone surrogate, which is U+FFFD.</returns>
    private bool ReadEscape(StringBuilder meaning, StringBuilder spelling)
    {
        var start = Position++;
        var letter = (char)Next();
        Position++;
        if (letter != 'u')
        {
            meaning.Append(letter switch
            {
                '"' or '\\' or '/' => letter,
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw new BrokenJsonException(endsEarly: false),
            });
            spelling.Append('\\').Append(letter);
            return false;
        }

        var unit = ReadHex();
        if (!char.IsSurrogate(unit))
        {
            meaning.Append(unit);
            spelling.Append(Encoding.ASCII.GetString(text, start, Position - start));
            return false;
        }

        if (char.IsHighSurrogate(unit) && Position + 6 <= text.Length && text[Position] == '\\' && text[Position + 1] == 'u')
        {
            var back = Position;
            Position += 2;
            var low = ReadHex();
            if (char.IsLowSurrogate(low))
            {
                meaning.Append(unit).Append(low);
                spelling.Append(Encoding.ASCII.GetString(text, start, Position - start));
                return false;
            }

            Position = back;
        }

        // An escape stays an escape.
        meaning.Append('\uFFFD');
        spelling.Append("\\ufffd");
        return true;
    }

    private char ReadHex()
    {
        var value = 0;
        for (var digit = 0; digit < 4; digit++)
        {
            if (!char.IsAsciiHexDigit((char)Next()))
            {
                throw new BrokenJsonException(endsEarly: false);
            }

            value = (value * 16) + int.Parse(((char)text[Position++]).ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return (char)value;
    }

    private void ReadWord(string word)
    {
        foreach (var letter in word)
        {
            Expect(letter);
        }
    }

    private void ReadNumber()
    {
        Take('-');
        if (!Take('0'))
        {
            ReadDigits();
        }

        if (Take('.'))
        {
            ReadDigits();
        }

        if (Take('e') || Take('E'))
        {
            if (!Take('+'))
            {
                Take('-');
            }

            ReadDigits();
        }

        // Values may follow each other without a blank, but what goes on after a number is no number: 01, 7{}.
        if (!IsAtEnd && !" \t\r\n,]}".Contains((char)text[Position], StringComparison.Ordinal))
        {
            throw new BrokenJsonException(endsEarly: false);
        }
    }

    /// <summary>Reads one digit or more.</summary>
    private void ReadDigits()
    {
        do
        {
            if (!char.IsAsciiDigit((char)Next()))
            {
                throw new BrokenJsonException(endsEarly: false);
            }

            Position++;
        }
        while (!IsAtEnd && char.IsAsciiDigit((char)text[Position]));
    }

    private bool Take(char expected)
    {
        if (IsAtEnd || text[Position] != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (Next() != expected)
        {
            throw new BrokenJsonException(endsEarly: false);
        }

        Position++;
    }

    private byte Next() => IsAtEnd ? throw new BrokenJsonException(endsEarly: true) : text[Position];
}

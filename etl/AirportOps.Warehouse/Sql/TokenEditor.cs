using System.Text;

namespace AirportOps.Warehouse.Sql;

/// <summary>
/// The code tokens of a statement, by index, and replacements for them. What is not code is kept, so lines stay where they were;
/// only blanks before a removed token go with it.
/// </summary>
internal sealed class TokenEditor
{
    private readonly List<SqlToken> _all;
    private readonly List<int> _code = [];
    private readonly string?[] _replacement;

    internal TokenEditor(List<SqlToken> statement)
    {
        _all = statement;
        _replacement = new string?[statement.Count];
        for (var index = 0; index < statement.Count; index++)
        {
            if (statement[index].IsCode)
            {
                _code.Add(index);
            }
        }
    }

    internal int Count => _code.Count;

    /// <summary>The code token at an index; behind the last one a blank, which is no keyword and no symbol.</summary>
    internal SqlToken this[int index] => index >= 0 && index < _code.Count ? _all[_code[index]] : new SqlToken(SqlTokenKind.Space, " ", 0);

    /// <summary>Whether these keywords stand here, one after the other.</summary>
    internal bool AreHere(int index, params ReadOnlySpan<string> words)
    {
        for (var offset = 0; offset < words.Length; offset++)
        {
            if (!this[index + offset].Is(words[offset]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The index of the parenthesis that closes the one here; the last token's when none does.</summary>
    internal int Closing(int open)
    {
        var depth = 0;
        for (var index = open; index < Count; index++)
        {
            depth += this[index].IsSymbol('(') ? 1 : this[index].IsSymbol(')') ? -1 : 0;
            if (depth == 0)
            {
                return index;
            }
        }

        return Count - 1;
    }

    internal void Replace(int index, string text) => _replacement[_code[index]] = text;

    internal void Append(int index, string text) => Replace(index, (_replacement[_code[index]] ?? this[index].Text) + text);

    /// <summary>Removes tokens, both ends included.</summary>
    internal void Remove(int first, int last)
    {
        for (var index = first; index <= last; index++)
        {
            Replace(index, "");
            var before = _code[index] - 1;
            if (before >= 0 && _all[before].Kind == SqlTokenKind.Space)
            {
                _replacement[before] = new string('\n', _all[before].Text.AsSpan().Count('\n'));
            }
        }
    }

    /// <summary>The tokens' text as it stood, without comments.</summary>
    internal string Source(int first, int last)
    {
        var text = new StringBuilder();
        for (var index = _code[first]; index <= _code[last]; index++)
        {
            text.Append(_all[index].Kind == SqlTokenKind.Comment ? "" : _all[index].Text);
        }

        return text.ToString();
    }

    /// <summary>The statement with its replacements.</summary>
    internal string Render()
    {
        var text = new StringBuilder();
        for (var index = 0; index < _all.Count; index++)
        {
            text.Append(_replacement[index] ?? _all[index].Text);
        }

        return text.ToString();
    }
}

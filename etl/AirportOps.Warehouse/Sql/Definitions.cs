namespace AirportOps.Warehouse.Sql;

/// <summary>What the PostgreSQL dialect does to CREATE TABLE, CREATE MATERIALIZED VIEW and ALTER TABLE.</summary>
internal static class Definitions
{
    /// <summary>Rewrites a definition; any other statement stays as it is.</summary>
    /// <returns>The indexes that stand for its sort and distribution keys; a temporary table gets none.</returns>
    internal static IReadOnlyList<string> Rewrite(TokenEditor editor)
    {
        if (editor.AreHere(0, "ALTER", "TABLE"))
        {
            RewriteColumns(editor, 2, editor.Count - 1, depthOfColumns: 0);
            return [];
        }

        var isTemporary = editor[1].Is("TEMP") || editor[1].Is("TEMPORARY");
        var kind = isTemporary ? 2 : 1;
        if (!editor[0].Is("CREATE") || !(editor[kind].Is("TABLE") || editor.AreHere(kind, "MATERIALIZED", "VIEW")))
        {
            return [];
        }

        var name = kind + (editor[kind].Is("TABLE") ? 1 : 2) + (editor.AreHere(kind + 1, "IF", "NOT", "EXISTS") ? 3 : 0);
        var afterName = name + 1;
        while (editor[afterName].IsSymbol('.'))
        {
            afterName += 2;
        }

        if (editor[afterName].IsSymbol('('))
        {
            RewriteColumns(editor, afterName, editor.Closing(afterName), depthOfColumns: 1);
        }

        var keys = RewriteAttributes(editor, afterName);
        return isTemporary ? [] : Indexes(editor.Source(name, afterName - 1), keys);
    }

    private static List<string> Indexes(string table, Keys keys)
    {
        var plainName = table[(table.LastIndexOf('.') + 1)..].Trim('"');
        var indexes = new List<string>();
        if (keys.Sort is { } sort)
        {
            indexes.Add($"CREATE INDEX {plainName}_sort ON {table} ({sort})");
        }

        // A sort key that starts with the distribution key serves its look-ups too.
        if (keys.Distribution is { } distribution && keys.Sort?.Split(',')[0].Trim() != distribution)
        {
            indexes.Add($"CREATE INDEX {plainName}_dist ON {table} ({distribution})");
        }

        return indexes;
    }

    /// <summary>Removes the attributes behind a name and its columns, up to the query of a CREATE … AS.</summary>
    private static Keys RewriteAttributes(TokenEditor editor, int from)
    {
        var keys = default(Keys);
        for (var index = from; index < editor.Count && !editor[index].Is("AS"); index++)
        {
            if (editor[index].IsSymbol('('))
            {
                index = editor.Closing(index);
            }
            else if (editor[index].Is("BACKUP") || editor[index].Is("DISTSTYLE") || editor[index].Is("ENCODE") || editor.AreHere(index, "SORTKEY", "AUTO"))
            {
                editor.Remove(index, index + 1);
                index++;
            }
            else if (editor.AreHere(index, "AUTO", "REFRESH"))
            {
                editor.Remove(index, index + 2);
                index += 2;
            }
            else if (editor[index].Is("COMPOUND"))
            {
                editor.Remove(index, index);
            }
            else if (editor[index].Is("DISTKEY") || editor[index].Is("SORTKEY"))
            {
                var end = editor.Closing(index + 1);
                var columns = editor.Source(index + 2, end - 1);
                keys = editor[index].Is("DISTKEY") ? keys with { Distribution = columns } : keys with { Sort = columns };
                editor.Remove(index, end);
                index = end;
            }
        }

        return keys;
    }

    private static void RewriteColumns(TokenEditor editor, int open, int close, int depthOfColumns)
    {
        var depth = 0;
        for (var index = open; index <= close; index++)
        {
            if (editor[index].IsSymbol('(') || editor[index].IsSymbol(')'))
            {
                depth += editor[index].IsSymbol('(') ? 1 : -1;
            }
            else if (depth == depthOfColumns)
            {
                index = RewriteColumnWord(editor, index);
            }
        }
    }

    /// <returns>The index of the last token that was dealt with.</returns>
    private static int RewriteColumnWord(TokenEditor editor, int index)
    {
        if (StartsKey(editor, index))
        {
            return RemoveTableKey(editor, index);
        }

        var token = editor[index];
        if (editor.AreHere(index, "PRIMARY", "KEY") || token.Is("ENCODE"))
        {
            editor.Remove(index, index + 1);
            return index + 1;
        }

        if (token.Is("UNIQUE") || token.Is("DISTKEY") || token.Is("SORTKEY"))
        {
            editor.Remove(index, index);
            return index;
        }

        if (token.Is("REFERENCES"))
        {
            var end = index + 1;
            while (editor[end + 1].IsSymbol('.'))
            {
                end += 2;
            }

            end = editor[end + 1].IsSymbol('(') ? editor.Closing(end + 1) : end;
            editor.Remove(index, end);
            return end;
        }

        if (token.Is("IDENTITY") && editor[index + 1].IsSymbol('('))
        {
            var declared = editor[index - 1].Is("AS") ? "" : "GENERATED BY DEFAULT AS ";
            editor.Replace(index, $"{declared}IDENTITY ");
            editor.Replace(index + 2, $"START WITH {editor[index + 2].Text}");
            editor.Replace(index + 3, " ");
            editor.Replace(index + 4, $"INCREMENT BY {editor[index + 4].Text}");
            return index + 5;
        }

        if (token.Is("VARCHAR") && editor[index + 1].IsSymbol('('))
        {
            // Redshift compares text by its bytes, whatever the database's locale.
            editor.Append(index + 3, " COLLATE \"C\"");
            return index + 3;
        }

        return index;
    }

    /// <summary>Whether a key of the whole table starts here: at the list's start or behind a comma.</summary>
    private static bool StartsKey(TokenEditor editor, int index) =>
        (editor[index - 1].IsSymbol(',') || editor[index - 1].IsSymbol('('))
        && (editor.AreHere(index, "PRIMARY", "KEY") || editor[index].Is("UNIQUE") || editor.AreHere(index, "FOREIGN", "KEY") || editor[index].Is("CONSTRAINT"));

    /// <summary>Removes a table's key with the comma before it: keys stand behind the columns.</summary>
    private static int RemoveTableKey(TokenEditor editor, int index)
    {
        var end = index;
        while (end + 1 < editor.Count && !editor[end + 1].IsSymbol(',') && !editor[end + 1].IsSymbol(')'))
        {
            end = editor[end + 1].IsSymbol('(') ? editor.Closing(end + 1) : end + 1;
        }

        editor.Remove(editor[index - 1].IsSymbol(',') ? index - 1 : index, end);
        return end;
    }

    private readonly record struct Keys(string? Sort, string? Distribution);
}

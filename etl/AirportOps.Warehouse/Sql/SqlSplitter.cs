namespace AirportOps.Warehouse.Sql;

/// <summary>Cuts a script into the tokens of its statements: at semicolons that are code. Comments between statements belong to none.</summary>
internal static class SqlSplitter
{
    internal static IEnumerable<List<SqlToken>> Statements(IEnumerable<SqlToken> script)
    {
        var statement = new List<SqlToken>();
        foreach (var token in script)
        {
            if (token.IsSymbol(';'))
            {
                if (Trim(statement) is { Count: > 0 } complete)
                {
                    yield return complete;
                }

                statement = [];
            }
            else if (statement.Count > 0 || token.IsCode)
            {
                statement.Add(token);
            }
        }

        if (Trim(statement) is { Count: > 0 } last)
        {
            yield return last;
        }
    }

    private static List<SqlToken> Trim(List<SqlToken> statement) => statement[..(statement.FindLastIndex(token => token.IsCode) + 1)];
}

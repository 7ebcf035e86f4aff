namespace AirportOps.Warehouse.Sql;

/// <summary>
/// Renders SQL written for Redshift for PostgreSQL 15. Redshift's physical attributes and its unenforced keys go, sort and distribution
/// keys come back as plain indexes, and what differs in words is reworded; strings and comments are never touched.
/// </summary>
/// <remarks>
/// Keys are removed so that local runs prove our deduplication, not the constraint. A comment <c>--postgres: …</c> is code here: that is how
/// a script adds an index that Redshift has no use for.
/// </remarks>
internal static class PostgresDialect
{
    private const string PostgresOnly = "--postgres:";

    private static readonly string[] PartFunctions = ["DATEDIFF", "DATEADD", "DATE_PART"];

    /// <summary>The statements of a script, each for itself.</summary>
    /// <exception cref="SqlSyntaxException">The script ends inside a string or a comment.</exception>
    internal static IEnumerable<SqlStatement> Render(string script)
    {
        foreach (var statement in SqlSplitter.Statements(SqlLexer.Tokens(Reveal(script))))
        {
            var editor = new TokenEditor(statement);
            var indexes = Definitions.Rewrite(editor);
            RewriteExpressions(editor);
            yield return new SqlStatement(editor.Render(), statement[0].Line);
            foreach (var index in indexes)
            {
                yield return new SqlStatement(index, statement[0].Line);
            }
        }
    }

    private static string Reveal(string script) => string.Concat(SqlLexer.Tokens(script).Select(token =>
        token.Kind == SqlTokenKind.Comment && token.Text.StartsWith(PostgresOnly, StringComparison.Ordinal)
            ? token.Text[PostgresOnly.Length..]
            : token.Text));

    private static void RewriteExpressions(TokenEditor editor)
    {
        for (var index = 0; index < editor.Count; index++)
        {
            var token = editor[index];
            if (Array.Exists(PartFunctions, token.Is) && editor[index + 1].IsSymbol('(')
                && editor[index + 2].Kind == SqlTokenKind.Word && editor[index + 3].IsSymbol(','))
            {
                editor.Replace(index + 2, $"'{editor[index + 2].Text}'");
            }
            else if (token.Is("SUPER"))
            {
                editor.Replace(index, "JSONB");
            }
            else if (editor.AreHere(index, "WITH", "NO", "SCHEMA", "BINDING"))
            {
                editor.Remove(index, index + 3);
            }
        }
    }
}

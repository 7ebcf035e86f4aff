namespace AirportOps.Warehouse.Sql;

/// <summary>Cuts SQL written for Redshift into its statements, as they stand. A comment <c>--postgres: …</c> stays a comment.</summary>
internal static class RedshiftDialect
{
    /// <summary>The statements of a script, each for itself: Redshift takes one a command.</summary>
    /// <exception cref="SqlSyntaxException">The script ends inside a string or a comment.</exception>
    internal static IEnumerable<SqlStatement> Render(string script) =>
        SqlSplitter.Statements(SqlLexer.Tokens(script)).Select(statement => new SqlStatement(new TokenEditor(statement).Render(), statement[0].Line));
}

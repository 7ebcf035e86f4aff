using System.Security.Cryptography;
using System.Text;
using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>A file of SQL.</summary>
/// <param name="Name">The file's name, for ever: the journal knows it by it.</param>
/// <param name="Kind">When it runs.</param>
/// <param name="Content">Its text, lines ending in LF.</param>
internal sealed record Script(string Name, ScriptKind Kind, string Content)
{
    private const string NoTransaction = "-- transaction: none\n";

    /// <summary>Lower-case hex of the SHA-256 of the content.</summary>
    internal string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)));

    /// <summary>
    /// Whether its first line says that its statement can't run in a transaction. It must then be one statement that may run twice, since
    /// a crash between it and its journal row repeats it.
    /// </summary>
    internal bool RunsOutsideTransaction => Content.StartsWith(NoTransaction, StringComparison.Ordinal);

    /// <summary>The statements for an engine.</summary>
    /// <exception cref="MigrationException">The file can't be cut into statements.</exception>
    internal IReadOnlyList<SqlStatement> Statements(WarehouseEngine engine)
    {
        try
        {
            var statements = (engine == WarehouseEngine.Postgres ? PostgresDialect.Render(Content) : RedshiftDialect.Render(Content)).ToList();
            return RunsOutsideTransaction && statements.Count != 1
                ? throw new MigrationException(
                    $"{Name} is marked to run without a transaction and has {statements.Count} statements; such a script must hold exactly one.", Fault.Operator, null)
                { Script = Name }
                : statements;
        }
        catch (SqlSyntaxException open)
        {
            throw new MigrationException($"{Name} {open.Message}.", Fault.Operator, open) { Script = Name, Line = open.Line };
        }
    }

    /// <summary>Says where a server's refusal comes from: the script, the line, what is wrong there and in which statement.</summary>
    internal string Blame(SqlStatement statement, StatementException failed) =>
        $"{Name} line {statement.LineOf(failed.Refusal?.Position ?? 0)}: {failed.Reason}, in: {statement.Excerpt}";
}

using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>A script that the next migration would run.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Statements">What the server would be sent, in order.</param>
public sealed record PlannedScript(string Name, IReadOnlyList<SqlStatement> Statements);

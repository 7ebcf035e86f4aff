using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Demo;

/// <summary>A question and its answer.</summary>
/// <param name="Title">The question.</param>
/// <param name="Columns">The answer's columns.</param>
/// <param name="Rows">The answer's rows.</param>
internal sealed record DemoFigure(string Title, IReadOnlyList<QueryColumn> Columns, IReadOnlyList<object?[]> Rows);

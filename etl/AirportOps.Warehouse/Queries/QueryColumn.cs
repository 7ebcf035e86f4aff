namespace AirportOps.Warehouse.Queries;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The server's name of its type, for instance <c>character varying(3)</c>.</param>
public readonly record struct QueryColumn(string Name, string Type);

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// A query whose rows, <c>row_key</c> and <c>detail</c>, are what fails. In the SQL common to Redshift and PostgreSQL, one statement.
/// </summary>
/// <param name="Sql">The query; <c>@p0</c>, <c>@p1</c>… are the values, <c>@now</c> the time of the run.</param>
/// <param name="Values">Strings, whole numbers, decimals or instants.</param>
internal sealed record DataTestQuery(string Sql, IReadOnlyList<object> Values);

using System.Text;
using AirportOps.Warehouse.Redshift.DataApi;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Sessions;

/// <summary>
/// Rows as statements of Redshift, which takes neither COPY from a client nor, through its Data API, a null as a parameter: several rows an INSERT, as
/// many as its length allows.
/// </summary>
internal static class InsertStatements
{
    // Redshift's guide advises several rows a statement; half of what the Data API takes leaves room for everything else in the request.
    private const int MaxBytes = DataApiWarehouse.MaxStatementBytes / 2;

    /// <summary>The statements, none for no rows.</summary>
    internal static IEnumerable<string> Render(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var head = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES\n";
        var statement = new StringBuilder(head);
        var bytes = head.Length;
        foreach (var row in rows)
        {
            var values = $"({string.Join(", ", row.Select(value => SqlText.Literal(value, WarehouseEngine.Redshift)))})";
            var more = Encoding.UTF8.GetByteCount(values) + 2;
            if (bytes + more > MaxBytes && bytes > head.Length)
            {
                yield return statement.ToString();
                statement.Clear().Append(head);
                bytes = head.Length;
            }

            statement.Append(bytes > head.Length ? ",\n" : "").Append(values);
            bytes += more;
        }

        if (bytes > head.Length)
        {
            yield return statement.ToString();
        }
    }
}

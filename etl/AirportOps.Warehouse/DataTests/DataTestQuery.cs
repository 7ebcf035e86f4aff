using System.Globalization;
using System.Text;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// A query whose rows, <c>row_key</c> and <c>detail</c>, are what fails. In the SQL common to Redshift and PostgreSQL, one statement.
/// </summary>
/// <param name="Sql">The query; <c>@p0</c>, <c>@p1</c>… are the values, <c>@now</c> the time of the run.</param>
/// <param name="Values">Strings, whole numbers, decimals or instants.</param>
internal sealed record DataTestQuery(string Sql, IReadOnlyList<object> Values)
{
    /// <summary>
    /// The query with its values as constants: the Data API would take them as text only. They come from the declarations, not from the data.
    /// </summary>
    /// <exception cref="SqlSyntaxException">The query ends inside a string or a comment.</exception>
    internal string WithValues(DateTimeOffset now, WarehouseEngine engine)
    {
        var tokens = SqlLexer.Tokens(Sql);
        var text = new StringBuilder();
        for (var index = 0; index < tokens.Count; index++)
        {
            if (tokens[index].IsSymbol('@') && index + 1 < tokens.Count && TryValue(tokens[index + 1].Text, now, out var value))
            {
                text.Append(SqlText.Literal(value, engine));
                index++;
            }
            else
            {
                text.Append(tokens[index].Text);
            }
        }

        return text.ToString();
    }

    private bool TryValue(string name, DateTimeOffset now, out object? value)
    {
        value = name == "now" ? now.UtcDateTime : null;
        if (name.StartsWith('p') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Values.Count)
        {
            value = Values[number];
        }

        return value is not null;
    }
}

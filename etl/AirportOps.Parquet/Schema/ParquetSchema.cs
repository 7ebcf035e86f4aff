namespace AirportOps.Parquet;

/// <summary>The columns of a file, in order. Immutable; one instance may serve any number of writers.</summary>
public sealed class ParquetSchema
{
    private readonly ParquetColumn[] _columns;

    /// <summary>Takes the columns in file order.</summary>
    /// <exception cref="ArgumentException">No column, an empty or repeated name, or an undefined type.</exception>
    public ParquetSchema(IEnumerable<ParquetColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (_columns.Length == 0)
        {
            throw new ArgumentException("A schema needs at least one column.", nameof(columns));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in _columns)
        {
            if (string.IsNullOrEmpty(column.Name) || !Enum.IsDefined(column.Type))
            {
                throw new ArgumentException($"Column {column} needs a name and a defined type.", nameof(columns));
            }

            if (!names.Add(column.Name))
            {
                throw new ArgumentException($"Column name '{column.Name}' stands twice.", nameof(columns));
            }
        }
    }

    /// <summary>The columns in file order, at least one.</summary>
    public IReadOnlyList<ParquetColumn> Columns => _columns;

    /// <summary>Index of the column of that name, or -1.</summary>
    public int IndexOf(string name) => Array.FindIndex(_columns, column => column.Name == name);

    internal ReadOnlySpan<ParquetColumn> Span => _columns;
}

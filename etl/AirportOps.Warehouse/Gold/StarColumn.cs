namespace AirportOps.Warehouse.Gold;

/// <summary>A column as the catalogue has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type, as <c>information_schema</c> spells it.</param>
internal sealed record StarColumn(string Name, string DataType)
{
    /// <summary>Whether a change of it is a changed figure and noted: keys are not, they say nothing.</summary>
    internal bool IsRestated(StarTable table) => !Name.EndsWith("_key", StringComparison.Ordinal) && !table.Unrestated.Contains(Name);

    /// <summary>SQL for whether two tables' values differ; nulls are equal.</summary>
    internal string Differs(string left, string right) =>
        $"({left}.{Name} <> {right}.{Name} OR ({left}.{Name} IS NULL AND {right}.{Name} IS NOT NULL) OR ({left}.{Name} IS NOT NULL AND {right}.{Name} IS NULL))";

    /// <summary>SQL for a table's value as text.</summary>
    internal string AsText(string table) => DataType == "boolean"
        ? $"CASE WHEN {table}.{Name} = TRUE THEN 'true' WHEN {table}.{Name} = FALSE THEN 'false' END"
        : $"CAST({table}.{Name} AS VARCHAR(256))";
}

namespace AirportOps.Warehouse.DataTests;

/// <summary>A declared test.</summary>
/// <param name="Name">Its table, its column if it has one, its kind, with dots between: unique among all tests.</param>
/// <param name="Table">The table or view it is about, <c>schema.table</c>.</param>
/// <param name="Severity">What failing means.</param>
/// <param name="Query">
/// Gives a row for each failing one; null for the test that compares the journal of loads with the lake's manifests.
/// </param>
/// <param name="File">The file that declares it.</param>
/// <param name="Line">The number of the line in it.</param>
internal sealed record DataTest(string Name, string Table, DataTestSeverity Severity, DataTestQuery? Query, string File, int Line)
{
    /// <summary>Whether a selection means this test: its name, its table with or without schema, or a part of the name from its start up to a dot.</summary>
    internal bool IsSelectedBy(string selection)
    {
        var withoutSchema = Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return Starts(Name) || Starts(withoutSchema);

        bool Starts(string name) => name.StartsWith(selection, StringComparison.OrdinalIgnoreCase)
            && (name.Length == selection.Length || name[selection.Length] == '.');
    }
}
